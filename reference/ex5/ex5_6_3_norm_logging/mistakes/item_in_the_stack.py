"""Turns each norm into a number before it is put into a tensor, so each travels there and back."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    norms = [norm_of_product(M).item() for M in matrices]
    return torch.tensor(norms, device=matrices[0].device, dtype=matrices[0].dtype).tolist()
