"""Collects in a buffer of the default dtype, which rounds float64 norms."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    buffer = torch.empty(len(matrices), device=matrices[0].device)
    for i, M in enumerate(matrices):
        buffer[i] = norm_of_product(M)
    return buffer.tolist()
