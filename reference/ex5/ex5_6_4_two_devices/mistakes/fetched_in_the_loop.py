"""Brings every result to the CPU and back to keep it safe, and so waits for each product."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = devices[i % len(devices)]
        result = (a.to(device) @ b.to(device)).cpu()
        results.append(result.to(device))
    return results
