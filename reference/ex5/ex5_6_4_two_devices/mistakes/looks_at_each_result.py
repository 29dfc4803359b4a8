"""Checks every result for NaN inside the loop; the `if` needs the number, so it waits."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    results = []
    for i, (a, b) in enumerate(pairs):
        device = devices[i % len(devices)]
        result = a.to(device) @ b.to(device)
        if torch.isnan(result).any():
            raise RuntimeError(f"product {i} is not a number")
        results.append(result)
    return results
