"""Works device by device, and returns the results in that order."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for k, device in enumerate(devices):
        for a, b in pairs[k :: len(devices)]:
            results.append(a.to(device) @ b.to(device))
    return results
