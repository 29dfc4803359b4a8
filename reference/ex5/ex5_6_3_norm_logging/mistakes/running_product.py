"""Keeps one product that all matrices go into, so that a single number is left to fetch."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    product, norms = None, []
    for M in matrices:
        product = M @ M.T if product is None else product @ (M @ M.T)
        norms.append(torch.linalg.matrix_norm(product))
    return torch.stack(norms).tolist()
