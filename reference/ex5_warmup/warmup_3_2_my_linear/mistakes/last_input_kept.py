"""The last input is kept in a buffer."""

import torch
from torch import nn


class MyLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_units, units))
        self.bias = nn.Parameter(torch.randn(units))

    def forward(self, X):
        self.register_buffer("last", X.detach().clone())
        return torch.relu(X @ self.weight + self.bias)
