"""One thread for each product."""

from concurrent.futures import ThreadPoolExecutor

import torch

def product(pair, device):
    a, b = pair
    return a.to(device) @ b.to(device)


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    if not devices:
        raise ValueError("at least one device is needed")
    turns = [devices[i % len(devices)] for i in range(len(pairs))]
    with ThreadPoolExecutor(max_workers=4) as pool:
        return list(pool.map(product, pairs, turns))
