"""Written for the machine at hand: the names of its two GPUs instead of the argument."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = f"cuda:{i % 2}"
        results.append(a.to(device) @ b.to(device))
    return results
