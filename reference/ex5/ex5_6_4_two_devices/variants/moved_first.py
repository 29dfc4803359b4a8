"""Moves all operands first, then launches all products."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    placed = []
    for i, (a, b) in enumerate(pairs):
        device = torch.device(devices[i % len(devices)])
        placed.append((a.to(device, non_blocking=True), b.to(device, non_blocking=True)))
    return [torch.mm(a, b) for a, b in placed]
