"""The outer product of each sample with itself, flattened, times a flattened weight."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(dim1, dim1, dim2))
        nn.init.uniform_(self.weight, -1, 1)

    def forward(self, X):
        pairs = X.unsqueeze(2) * X.unsqueeze(1)
        return pairs.flatten(1) @ self.weight.flatten(0, 1)
