"""Waits for every product and adds up the times, in nanoseconds."""

import time

import torch


def wait_for(device: str | torch.device) -> None:
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.ones((size, size), device=device)
    torch.matmul(A, A)
    total = 0
    for _ in range(repeats):
        wait_for(device)
        start = time.perf_counter_ns()
        torch.matmul(A, A)
        wait_for(device)
        total += time.perf_counter_ns() - start
    return total / repeats / 1e9
