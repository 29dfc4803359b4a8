"""Exercise 5.4.1: a layer that takes an input and computes a tensor reduction."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    """The layer  y_k = sum over i and j of  W_ijk * x_i * x_j."""

    def __init__(self, dim1: int, dim2: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(dim1, dim1, dim2) / dim1)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Reduce every sample of a batch, each on its own."""
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
