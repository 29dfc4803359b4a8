"""A buffer on the device is filled number by number and fetched as an array."""

import torch


def norm_of_product(M):
    return torch.mm(M, M.t()).pow(2).sum().sqrt()


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [float(norm_of_product(M)) for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    buffer = matrices[0].new_empty(len(matrices))
    for i, M in enumerate(matrices):
        buffer[i] = norm_of_product(M)
    return buffer.cpu().numpy().tolist()
