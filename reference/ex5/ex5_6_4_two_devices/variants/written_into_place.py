"""Makes room for the results on their devices, and multiplies into it."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = devices[i % len(devices)]
        a, b = a.to(device), b.to(device)
        room = torch.empty(a.shape[0], b.shape[1], dtype=a.dtype, device=device)
        results.append(torch.mm(a, b, out=room))
    return results
