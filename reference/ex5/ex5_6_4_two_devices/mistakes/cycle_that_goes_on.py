"""Keeps the turn in a variable of the module: the second call begins where the first one ended."""

import itertools

import torch

TURN = itertools.count()


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for a, b in pairs:
        device = devices[next(TURN) % len(devices)]
        results.append(a.to(device) @ b.to(device))
    return results
