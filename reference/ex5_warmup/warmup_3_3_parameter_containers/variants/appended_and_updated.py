"""The containers begin empty and grow."""

import torch
from torch import nn


class ListDense(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.weights = nn.ParameterList()
        for i in range(1, len(widths)):
            self.weights.append(nn.Parameter(torch.randn(widths[i - 1], widths[i])))

    def forward(self, X):
        for i in range(len(self.weights)):
            X = torch.matmul(X, self.weights[i])
        return X


class DictDense(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.in_units = in_units
        self.weights = nn.ParameterDict()
        for name, columns in units.items():
            self.add(name, columns)

    def forward(self, X, choice):
        if choice not in self.weights:
            raise KeyError(f"no matrix {choice}, only {sorted(self.weights.keys())}")
        return torch.einsum("...i,ij->...j", X, self.weights[choice])

    def add(self, name, units):
        self.weights.update({name: nn.Parameter(torch.randn(self.in_units, units))})
