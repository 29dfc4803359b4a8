"""Sums the squares and leaves out the root."""

import torch


def norm_of_product(M):
    return (M @ M.T).square().sum()


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    return torch.stack([norm_of_product(M) for M in matrices]).tolist()
