"""Reading one number of the result makes the host wait as well."""

from timeit import default_timer

import torch


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    A = torch.randn(size, size).to(device)
    C = torch.empty(size, size, device=device)
    torch.mm(A, A, out=C)
    C[0, 0].item()
    start = default_timer()
    for _ in range(repeats):
        torch.mm(A, A, out=C)
    C[0, 0].item()
    return (default_timer() - start) / repeats
