"""Modules that hold parameters under names of their own."""

import torch
from torch import nn


class ListDense(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.weights = nn.Module()
        self.count = len(widths) - 1
        for i in range(self.count):
            self.weights.register_parameter(str(i), nn.Parameter(torch.rand(widths[i], widths[i + 1]) - 0.5))

    def forward(self, X):
        for i in range(self.count):
            X = torch.matmul(X, self.weights.get_parameter(str(i)))
        return X


class DictDense(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.in_units = in_units
        self.weights = nn.Module()
        for name in units:
            self.add(name, units[name])

    def forward(self, X, choice):
        return torch.matmul(X, dict(self.weights.named_parameters())[choice])

    def add(self, name, units):
        self.weights.register_parameter(name, nn.Parameter(nn.init.xavier_uniform_(torch.empty(self.in_units, units))))
