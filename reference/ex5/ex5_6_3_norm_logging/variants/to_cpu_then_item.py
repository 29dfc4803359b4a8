"""`.cpu()` is the journey; `.item()` of what is already here is none."""

import torch


def log_each(matrices: list[torch.Tensor]) -> list[float]:
    norms = []
    for M in matrices:
        norms.append(torch.norm(M @ M.T).cpu().item())
    return norms


def log_once(matrices: list[torch.Tensor]) -> list[float]:
    norms = [torch.norm(M @ M.T).unsqueeze(0) for M in matrices]
    return [float(norm) for norm in torch.cat(norms).cpu()]
