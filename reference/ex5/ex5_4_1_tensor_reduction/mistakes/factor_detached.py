"""Takes the second factor out of the graph, thinking of it as a coefficient of the first."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(dim1, dim1, dim2))

    def forward(self, X):
        return torch.einsum("bi,ijk,bj->bk", X, self.weight, X.detach())
