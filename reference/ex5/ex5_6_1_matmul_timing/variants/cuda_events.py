"""CUDA events on a GPU, the time module elsewhere."""

import time

import torch


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.rand(size, size, device=device)
    B = torch.rand(size, size, device=device)
    A @ B
    if torch.device(device).type != "cuda":
        start = time.monotonic()
        for _ in range(repeats):
            A @ B
        return (time.monotonic() - start) / repeats
    first = torch.cuda.Event(enable_timing=True)
    last = torch.cuda.Event(enable_timing=True)
    first.record()
    for _ in range(repeats):
        A @ B
    last.record()
    last.synchronize()
    return first.elapsed_time(last) / 1000 / repeats
