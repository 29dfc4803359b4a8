"""log_each collects first and fetches everything together, like log_once."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return torch.stack([norm_of_product(M) for M in matrices]).tolist()


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    return torch.stack([norm_of_product(M) for M in matrices]).tolist()
