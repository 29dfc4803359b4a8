"""Sorts the log on the device, as one would for a plot; the order of the matrices is lost."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    return torch.stack([norm_of_product(M) for M in matrices]).sort().values.tolist()
