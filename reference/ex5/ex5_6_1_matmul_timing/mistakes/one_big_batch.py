"""Multiplies all repetitions in one batch, which a GPU does in another way than single products."""

import time

import torch


def wait_for(device: str | torch.device) -> None:
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.randn(repeats, size, size, device=device)
    B = torch.randn(repeats, size, size, device=device)
    torch.mm(A[0], B[0])
    wait_for(device)
    start = time.perf_counter()
    torch.bmm(A, B)
    wait_for(device)
    return (time.perf_counter() - start) / repeats
