"""Time the product with a clock that is read only when the device has nothing left to do."""

import time

import torch


def wait_for(device: str | torch.device) -> None:
    """Return when `device` has finished its work; the CPU always has."""
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    """Return the mean time in seconds of one product of two `size` x `size` matrices on `device`."""
    A = torch.randn(size, size, device=device)
    B = torch.randn(size, size, device=device)
    torch.mm(A, B)
    wait_for(device)
    start = time.perf_counter()
    for _ in range(repeats):
        torch.mm(A, B)
    wait_for(device)
    return (time.perf_counter() - start) / repeats
