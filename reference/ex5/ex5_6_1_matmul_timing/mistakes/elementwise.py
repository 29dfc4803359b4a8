"""Takes `*` for the matrix product, as in NumPy's old matrix class."""

import time

import torch


def wait_for(device: str | torch.device) -> None:
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.randn(size, size, device=device)
    B = torch.randn(size, size, device=device)
    A * B
    wait_for(device)
    start = time.perf_counter()
    for _ in range(repeats):
        A * B
    wait_for(device)
    return (time.perf_counter() - start) / repeats
