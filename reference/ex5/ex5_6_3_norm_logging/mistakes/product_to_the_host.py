"""Fetches the whole product and takes its norm on the host: one transfer, but a big one."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    norms = []
    for M in matrices:
        product = (M @ M.T).cpu()
        norms.append(product.norm().item())
    return norms


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    return torch.stack([norm_of_product(M) for M in matrices]).tolist()
