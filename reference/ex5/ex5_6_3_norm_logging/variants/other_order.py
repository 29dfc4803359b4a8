"""Mᵀ M has the same singular values as M Mᵀ, therefore the same norm."""

import torch


@torch.no_grad()
def norm_of_product(M):
    return torch.linalg.norm(M.transpose(0, 1).matmul(M).flatten())


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    return torch.stack([norm_of_product(M) for M in matrices]).tolist()
