"""Stacks the columns for each k as rows, so that the output is (dim2, batch)."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(dim2, dim1, dim1))

    def forward(self, X):
        return torch.stack([((X @ W) * X).sum(dim=1) for W in self.weight])
