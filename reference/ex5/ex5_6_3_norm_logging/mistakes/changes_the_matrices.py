"""Scales the matrices in place against overflow and scales the norm back afterwards."""

import torch


def norm_of_product(M):
    largest = M.abs().max()
    M /= largest
    return torch.linalg.matrix_norm(M @ M.T) * largest**2


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    return torch.stack([norm_of_product(M) for M in matrices]).tolist()
