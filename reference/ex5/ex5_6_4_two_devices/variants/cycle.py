"""With itertools.cycle, and products written as einsum."""

import itertools

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    turns = zip(pairs, itertools.cycle(devices), strict=False)
    return [torch.einsum("ik,kj->ij", a.to(d), b.to(d)) for (a, b), d in turns]
