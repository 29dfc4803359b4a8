"""Computes every product on every device and keeps one: both work, on the same thing."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = devices[i % len(devices)]
        copies = {str(d): a.to(d) @ b.to(d) for d in devices}
        results.append(copies[str(device)])
    return results
