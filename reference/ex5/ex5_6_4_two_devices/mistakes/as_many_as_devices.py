"""Walks over pairs and devices side by side with zip, which stops at the shorter of the two."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    return [a.to(device) @ b.to(device) for (a, b), device in zip(pairs, devices, strict=False)]
