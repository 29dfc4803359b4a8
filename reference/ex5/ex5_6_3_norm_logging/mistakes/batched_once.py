"""log_once multiplies one padded batch: fast for another reason than the saved transfers."""

import torch


def norm_of_product(M):
    return torch.linalg.matrix_norm(M @ M.T)


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    return [norm_of_product(M).item() for M in matrices]


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    rows = max(len(M) for M in matrices)
    columns = max(M.shape[1] for M in matrices)
    padded = [torch.nn.functional.pad(M, (0, columns - M.shape[1], 0, rows - len(M))) for M in matrices]
    batch = torch.stack(padded)
    return torch.linalg.matrix_norm(batch @ batch.mT).tolist()
