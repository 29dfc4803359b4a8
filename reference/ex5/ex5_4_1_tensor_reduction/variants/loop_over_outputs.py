"""A quadratic form for each k, in a loop."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(dim1, dim1, dim2))

    def forward(self, X):
        columns = [((X @ self.weight[:, :, k]) * X).sum(dim=1) for k in range(self.weight.shape[2])]
        return torch.stack(columns, dim=1)
