"""timeit repeats the product; each one waits for the device."""

import timeit

import torch


def wait_for(device: str | torch.device) -> None:
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.randn(size, size, device=device)
    B = torch.randn(size, size, device=device)

    def product():
        A.mm(B)
        wait_for(device)

    product()
    return timeit.timeit(product, number=repeats) / repeats
