"""Does not think of an empty list of devices: a division by zero, or nothing at all without pairs."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    results = []
    for i, (a, b) in enumerate(pairs):
        device = devices[i % len(devices)]
        results.append(a.to(device) @ b.to(device))
    return results
