"""Writes 10 into the loop and into the division, since that is the default."""

import time

import torch


def wait_for(device: str | torch.device) -> None:
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.randn(size, size, device=device)
    B = torch.randn(size, size, device=device)
    torch.mm(A, B)
    wait_for(device)
    start = time.perf_counter()
    for _ in range(10):
        torch.mm(A, B)
    wait_for(device)
    return (time.perf_counter() - start) / 10
