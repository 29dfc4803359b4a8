"""torch.tensor on a list of tensors on the device quietly fetches them one by one."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    norms = [norm_of_product(M) for M in matrices]
    return torch.tensor(norms).tolist()
