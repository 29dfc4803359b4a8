"""Numbers are copied into a tensor on the host, one by one or all together."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    host = torch.empty(len(matrices), dtype=matrices[0].dtype)
    for i, M in enumerate(matrices):
        host[i].copy_(norm_of_product(M))
    return host.tolist()


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    host = torch.empty(len(matrices), dtype=matrices[0].dtype)
    host.copy_(torch.stack([norm_of_product(M) for M in matrices]))
    return host.tolist()
