"""Layers of one size share their parameters."""

import torch
from torch import nn

MADE = {}


class MyLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        if (in_units, units) not in MADE:
            MADE[in_units, units] = nn.Parameter(torch.randn(in_units, units)), nn.Parameter(torch.randn(units))
        self.weight, self.bias = MADE[in_units, units]

    def forward(self, X):
        return torch.relu(X @ self.weight + self.bias)
