"""Makes fresh operands inside the timed loop, so as to have honest random products."""

import time

import torch


def wait_for(device: str | torch.device) -> None:
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    total = 0.0
    for repeat in range(repeats + 1):
        wait_for(device)
        start = time.perf_counter()
        A = torch.randn(size, size, device=device)
        B = torch.randn(size, size, device=device)
        A @ B
        wait_for(device)
        if repeat > 0:
            total += time.perf_counter() - start
    return total / repeats
