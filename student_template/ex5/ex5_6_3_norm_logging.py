"""Exercise 5.6.3: log a thousand norms one by one, or keep them on the device and fetch them once."""

import torch


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    """Return the Frobenius norm of `M @ M.T` for every matrix M, fetching each norm by itself.

    Every norm makes a journey of its own from the device to the host: exactly one transfer per
    matrix, and nothing larger than the one number.

    Args:
        matrices: one or more matrices on one device (a GPU or the CPU). They need not be square,
            need not have the same shape, and are not changed.

    Returns:
        Python floats, in the order of the matrices. Float64 matrices are worked out in float64.

    Example:
        matrices = [torch.randn(100, 100, device="cuda:0") for _ in range(1000)]
        norms = log_each(matrices)   # 1000 floats, 1000 transfers
    """
    raise NotImplementedError


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    """Return the same numbers as `log_each`, but bring all of them over in one transfer at the end.

    The norms stay on the device of the matrices until the last one is known. Then one transfer
    fetches them all: the norms, and nothing else. Everything else is as in `log_each`, so that
    the two can be compared: the same products, one for each matrix.

    Example:
        norms = log_once(matrices)   # the same 1000 floats, 1 transfer
    """
    raise NotImplementedError
