"""Tests every norm on the way with an `if`, which fetches it without a word."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    norms = []
    for M in matrices:
        norm = norm_of_product(M)
        if norm.isfinite():
            norms.append(norm.item())
    return norms


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    norms = []
    for M in matrices:
        norm = norm_of_product(M)
        if norm.isfinite():
            norms.append(norm)
    return torch.stack(norms).tolist()
