"""Counts to 1000, because the question speaks of 1000 products."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(matrices[i]).item() for i in range(1000)]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    return torch.stack([norm_of_product(matrices[i]) for i in range(1000)]).tolist()
