"""Moves A and leaves B where it is: on two different devices they cannot be multiplied."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = devices[i % len(devices)]
        results.append(a.to(device) @ b)
    return results
