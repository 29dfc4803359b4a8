"""Puts results into a table by device: a second product on the same device replaces the first."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    table = {}
    for i, (a, b) in enumerate(pairs):
        device = devices[i % len(devices)]
        table[str(device)] = a.to(device) @ b.to(device)
    return list(table.values())
