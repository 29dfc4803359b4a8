"""Works device by device and puts every result into its place."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = [None] * len(pairs)
    for k, device in enumerate(devices):
        for i in range(k, len(pairs), len(devices)):
            a, b = pairs[i]
            results[i] = torch.matmul(a.to(device), b.to(device))
    return results
