"""Everything runs on the first device: the index was forgotten."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    device = devices[0]
    return [a.to(device) @ b.to(device) for a, b in pairs]
