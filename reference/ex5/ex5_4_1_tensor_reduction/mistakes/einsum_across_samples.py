"""Gives the two factors different batch letters in the einsum, because repeating one looked wrong."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(dim1, dim1, dim2))

    def forward(self, X):
        return torch.einsum("bi,cj,ijk->bk", X, X, self.weight)
