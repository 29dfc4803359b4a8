"""Waits for all devices after the last launch."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = devices[i % len(devices)]
        results.append(a.to(device).mm(b.to(device)))
    for device in {result.device for result in results if result.is_cuda}:
        torch.cuda.synchronize(device)
    return results
