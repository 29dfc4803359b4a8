"""Notices the missing devices inside the loop, which does not run without pairs."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    results = []
    for i, (a, b) in enumerate(pairs):
        if len(devices) == 0:
            raise ValueError("at least one device is needed")
        device = devices[i % len(devices)]
        results.append(a.to(device) @ b.to(device))
    return results
