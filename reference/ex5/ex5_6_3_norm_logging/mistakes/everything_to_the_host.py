"""Brings the matrices to the host first, where all the rest is easy."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M.cpu()).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    flat = torch.cat([M.flatten() for M in matrices]).cpu()
    norms = []
    for M in matrices:
        N, flat = flat[: M.numel()].reshape(M.shape), flat[M.numel() :]
        norms.append(norm_of_product(N).item())
    return norms
