"""Rotates the caller's list of devices after each product to find the next one."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for a, b in pairs:
        device = devices.pop(0)
        devices.append(device)
        results.append(a.to(device) @ b.to(device))
    return results
