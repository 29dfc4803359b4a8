"""Takes the pairs out of the caller's list, which is empty afterwards."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    while pairs:
        a, b = pairs.pop(0)
        device = devices[len(results) % len(devices)]
        results.append(a.to(device) @ b.to(device))
    return results
