"""addmm, and the GPU as the current device; waits where CUDA is in use."""

import time

import torch


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    device = torch.device(device)
    with torch.no_grad():
        zero = torch.zeros(size, size, device=device)
        A = torch.eye(size, device=device)
        torch.addmm(zero, A, A)
        if device.type == "cuda":
            torch.cuda.synchronize()
        start = time.time_ns()
        for _ in range(repeats):
            torch.addmm(zero, A, A)
        if device.type == "cuda":
            torch.cuda.synchronize()
        stop = time.time_ns()
    return (stop - start) * 1e-9 / repeats
