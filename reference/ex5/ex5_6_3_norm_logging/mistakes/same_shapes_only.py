"""Stacks the matrices in both arms, which only works while all have one shape."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    batch = torch.stack(matrices)
    return [norm.item() for norm in torch.linalg.matrix_norm(batch @ batch.mT)]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    batch = torch.stack(matrices)
    return torch.linalg.matrix_norm(batch @ batch.mT).tolist()
