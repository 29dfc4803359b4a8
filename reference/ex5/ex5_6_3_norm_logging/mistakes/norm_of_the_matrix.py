"""Takes the norm of M itself; the product is forgotten."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    return torch.stack([norm_of_product(M) for M in matrices]).tolist()
