"""Weight (dim1, dim2, dim1) and two contractions, the second with the batch as a free axis."""

import torch
from torch import nn


class TensorReduction(nn.Module):
    def __init__(self, dim1, dim2):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(dim1, dim2, dim1))

    def forward(self, X):
        half = torch.tensordot(X, self.weight, dims=1)
        return (half * X[:, None, :]).sum(dim=-1)
