"""Splits each product between the devices, instead of giving each device a product of its own."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = devices[i % len(devices)]
        parts = a.tensor_split(len(devices))
        rows = [part.to(d) @ b.to(d) for part, d in zip(parts, devices, strict=True)]
        results.append(torch.cat([row.to(device) for row in rows]))
    return results
