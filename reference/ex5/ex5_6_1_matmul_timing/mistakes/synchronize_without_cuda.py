"""Calls torch.cuda.synchronize() in any case; on the laptop with a GPU this always worked."""

import time

import torch


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.randn(size, size, device=device)
    B = torch.randn(size, size, device=device)
    torch.mm(A, B)
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(repeats):
        torch.mm(A, B)
    torch.cuda.synchronize()
    return (time.perf_counter() - start) / repeats
