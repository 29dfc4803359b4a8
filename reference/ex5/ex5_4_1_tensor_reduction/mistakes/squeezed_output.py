"""Squeezes at the end to get rid of an axis of a matrix product: the axis k goes as well if dim2 is 1."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(dim2, dim1, dim1))

    def forward(self, X):
        X = X[:, None, None, :]
        return (X @ self.weight @ X.mT).squeeze()
