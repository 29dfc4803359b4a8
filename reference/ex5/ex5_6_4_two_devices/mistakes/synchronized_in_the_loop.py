"""Waits after every product, as one must when timing: the devices work one after the other."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = devices[i % len(devices)]
        results.append(a.to(device) @ b.to(device))
        if torch.device(device).type == "cuda":
            torch.cuda.synchronize(device)
    return results
