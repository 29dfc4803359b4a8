"""Keeps a 2-D weight, as in a linear layer, and uses it for both factors: a squared linear layer."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(dim1, dim2))

    def forward(self, X):
        return (X @ self.weight) ** 2
