"""Warm-up 3.2: a fully connected layer with parameters of its own."""

import torch
from torch import Tensor, nn


class MyLinear(nn.Module):
    def __init__(self, in_units: int, units: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_units, units))
        self.bias = nn.Parameter(torch.randn(units))

    def forward(self, X: Tensor) -> Tensor:
        return torch.relu(X @ self.weight + self.bias)
