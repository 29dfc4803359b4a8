"""The same norms twice: fetched one by one, and collected on the device and fetched together."""

import torch


def norm_of_product(M: torch.Tensor) -> torch.Tensor:
    """Return the Frobenius norm of M Mᵀ, still on the device of M."""
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    """Return the Frobenius norm of `M @ M.T` for every matrix M, fetching each norm by itself."""
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    """Return the same numbers as `log_each`, but bring all of them over in one transfer at the end."""
    return torch.stack([norm_of_product(M) for M in matrices]).tolist()
