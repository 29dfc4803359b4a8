"""Warm-up 3.3: layers that keep their parameters in a list, and in a dictionary."""

from itertools import pairwise

import torch
from torch import Tensor, nn


class ListDense(nn.Module):
    def __init__(self, widths: list[int]) -> None:
        super().__init__()
        self.weights = nn.ParameterList(torch.randn(n, m) for n, m in pairwise(widths))

    def forward(self, X: Tensor) -> Tensor:
        for weight in self.weights:
            X = X @ weight
        return X


class DictDense(nn.Module):
    def __init__(self, in_units: int, units: dict[str, int]) -> None:
        super().__init__()
        self.in_units = in_units
        self.weights = nn.ParameterDict({name: torch.randn(in_units, m) for name, m in units.items()})

    def forward(self, X: Tensor, choice: str) -> Tensor:
        return X @ self.weights[choice]

    def add(self, name: str, units: int) -> None:
        self.weights[name] = torch.randn(self.in_units, units)
