"""Fetches after every ten norms, which bounds the memory, but is more than one transfer."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    norms, log = [], []
    for i, M in enumerate(matrices):
        norms.append(norm_of_product(M))
        if len(norms) == 10 or i == len(matrices) - 1:
            log += torch.stack(norms).tolist()
            norms = []
    return log
