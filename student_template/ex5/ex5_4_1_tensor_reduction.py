"""Exercise 5.4.1: a layer that takes an input and computes a tensor reduction."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    """The layer  y_k = sum over i and j of  W_ijk * x_i * x_j.

    i and j run over the dim1 entries of one sample x, k over the dim2 entries of its output y.

    The layer has exactly one parameter, called `weight`: an nn.Parameter with three axes, of sizes
    dim1, dim1 and dim2 in an order of your choice, and random values to begin with.

    >>> layer = TensorReduction(3, 5)
    >>> layer(torch.rand(7, 3)).shape
    torch.Size([7, 5])
    """

    def __init__(self, dim1: int, dim2: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Reduce every sample of a batch, each on its own.

        Args:
            X: shape (batch, dim1), of the dtype of `weight`; any batch size. X is not changed.

        Returns:
            Shape (batch, dim2), also for dim2 = 1, of the dtype of X. The memory needed grows with
            the batch size, not with its square: a batch of 30000 small samples is fine.
        """
        raise NotImplementedError
