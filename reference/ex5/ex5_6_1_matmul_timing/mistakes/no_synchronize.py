"""Never waits for the GPU, so it times the launching: on the CPU the same code is right."""

import time

import torch


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.randn(size, size, device=device)
    B = torch.randn(size, size, device=device)
    torch.mm(A, B)
    start = time.perf_counter()
    for _ in range(repeats):
        torch.mm(A, B)
    return (time.perf_counter() - start) / repeats
