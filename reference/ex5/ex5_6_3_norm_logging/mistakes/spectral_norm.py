"""Takes the largest singular value, which is the 2-norm, for the Frobenius norm."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T, ord=2)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    return torch.stack([norm_of_product(M) for M in matrices]).tolist()
