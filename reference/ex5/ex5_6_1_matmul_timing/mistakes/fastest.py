"""Returns the fastest repetition, as timeit's manual advises for comparisons."""

import time

import torch


def wait_for(device: str | torch.device) -> None:
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.randn(size, size, device=device)
    B = torch.randn(size, size, device=device)
    torch.mm(A, B)
    times = []
    for _ in range(repeats):
        wait_for(device)
        start = time.perf_counter()
        torch.mm(A, B)
        wait_for(device)
        times.append(time.perf_counter() - start)
    return min(times)
