"""All layers share one dictionary."""

import torch
from torch import nn

WEIGHTS = nn.ParameterDict()


class ListDense(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.weights = nn.ParameterList([nn.Parameter(torch.randn(n, m)) for n, m in zip(widths, widths[1:])])

    def forward(self, X):
        for weight in self.weights:
            X = X @ weight
        return X


class DictDense(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.in_units = in_units
        self.weights = WEIGHTS
        for name, m in units.items():
            if name not in self.weights:
                self.weights[name] = nn.Parameter(torch.randn(in_units, m))

    def forward(self, X, choice):
        return X @ self.weights[choice]

    def add(self, name, units):
        self.weights[name] = nn.Parameter(torch.randn(self.in_units, units))
