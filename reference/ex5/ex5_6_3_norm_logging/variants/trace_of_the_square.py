"""The squared norm is the trace of P Pᵀ; einsum makes the product."""

import torch


def norm_of_product(M):
    P = torch.einsum("ij,kj->ik", M, M)
    return torch.trace(P @ P.T).sqrt()


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    return torch.stack([norm_of_product(M) for M in matrices]).tolist()
