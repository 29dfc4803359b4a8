"""Collects the columns in a tensor of the default dtype, so float64 is lost on the way."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(dim1, dim1, dim2))

    def forward(self, X):
        Y = torch.zeros(X.shape[0], self.weight.shape[2])
        for k in range(self.weight.shape[2]):
            Y[:, k] = ((X @ self.weight[:, :, k]) * X).sum(dim=1)
        return Y
