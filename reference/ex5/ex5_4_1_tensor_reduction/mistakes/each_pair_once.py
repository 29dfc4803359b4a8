"""Counts each pair i <= j once, as if W_ijk and W_jik were the same number."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(dim1, dim1, dim2))

    def forward(self, X):
        pairs = torch.triu(X[:, :, None] * X[:, None, :])
        return torch.einsum("bij,ijk->bk", pairs, self.weight)
