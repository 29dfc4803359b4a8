"""Gives each device a run of neighbouring pairs instead of letting the devices take turns."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    size = -(-len(pairs) // len(devices))
    results = []
    for i, (a, b) in enumerate(pairs):
        device = devices[i // size]
        results.append(a.to(device) @ b.to(device))
    return results
