"""All products first, then the numbers one at a time: still one transfer for each."""

import torch


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    norms = [(M @ M.T).norm() for M in matrices]
    return [norm.tolist() for norm in norms]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    norms = torch.hstack([(M @ M.T).norm() for M in matrices])
    return norms.to(torch.device("cpu"), non_blocking=False).tolist()
