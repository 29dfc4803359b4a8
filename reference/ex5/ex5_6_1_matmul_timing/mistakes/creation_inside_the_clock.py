"""Starts the clock in the first line, as one wraps a whole cell in a timer."""

import time

import torch


def wait_for(device: str | torch.device) -> None:
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    product = torch.mm(torch.randn(size, size, device=device), torch.randn(size, size, device=device))
    wait_for(device)
    start = time.perf_counter()
    A = torch.randn(size, size, device=device)
    B = torch.randn(size, size, device=device)
    for _ in range(repeats):
        product = torch.mm(A, B)
    wait_for(device)
    stop = time.perf_counter()
    del product
    return (stop - start) / repeats
