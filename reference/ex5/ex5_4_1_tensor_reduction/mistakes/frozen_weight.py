"""Makes a parameter without gradient, as if it were a constant of the layer."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(dim1, dim1, dim2), requires_grad=False)

    def forward(self, X):
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
