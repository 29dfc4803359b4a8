"""Takes the milliseconds of CUDA events for seconds, while the branch for the CPU is right."""

import time

import torch


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.randn(size, size, device=device)
    B = torch.randn(size, size, device=device)
    torch.mm(A, B)
    if torch.device(device).type == "cpu":
        start = time.perf_counter()
        for _ in range(repeats):
            torch.mm(A, B)
        return (time.perf_counter() - start) / repeats
    start, stop = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    start.record()
    for _ in range(repeats):
        torch.mm(A, B)
    stop.record()
    torch.cuda.synchronize()
    return start.elapsed_time(stop) / repeats
