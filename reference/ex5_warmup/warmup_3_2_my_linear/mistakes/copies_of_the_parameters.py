"""forward uses what the parameters were in the beginning."""

import torch
from torch import nn


class MyLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_units, units))
        self.bias = nn.Parameter(torch.randn(units))
        self.values = self.weight.detach().clone(), self.bias.detach().clone()

    def forward(self, X):
        weight, bias = self.values
        return torch.relu(X @ weight + bias)
