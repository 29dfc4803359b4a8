"""Exercise 5.6.4: products on two devices at once."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    """Compute the matrix product of every pair, pair i on ``devices[i % len(devices)]``."""
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = devices[i % len(devices)]
        results.append(a.to(device) @ b.to(device))
    return results
