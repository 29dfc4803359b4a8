"""Stacks on the device, then reads the stacked tensor element by element."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    norms = torch.stack([norm_of_product(M) for M in matrices])
    return [float(norm) for norm in norms]
