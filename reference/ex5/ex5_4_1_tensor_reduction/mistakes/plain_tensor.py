"""Keeps the weight as a plain tensor with requires_grad, which trains by hand but is not registered."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = torch.randn(dim1, dim1, dim2, requires_grad=True)

    def forward(self, X):
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X)
