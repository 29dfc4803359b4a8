"""Waits for the GPU whenever there is one, also for a product on the CPU."""

import time

import torch


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    def now():
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        return time.perf_counter()

    A, B = (torch.randn(size, size, device=device) for _ in range(2))
    A @ B
    start = now()
    for _ in range(repeats):
        A @ B
    return (now() - start) / repeats
