"""The children's lists are replaced as well."""

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn


class ListMLP(nn.Module):
    def __init__(self, widths: Sequence[int]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(before, after) for before, after in pairwise(widths))

    def append(self, width: int) -> None:
        last = self.layers[-1]
        self.layers.append(nn.Linear(last.out_features, width))

    def forward(self, X: Tensor) -> Tensor:
        for number, layer in enumerate(self.layers):
            X = layer(torch.relu(X) if number > 0 else X)
        return X


def register_lists(module: nn.Module) -> list[str]:
    names = []
    for child in module.children():
        register_lists(child)
    for name, value in list(vars(module).items()):
        if isinstance(value, list) and value and all(isinstance(item, nn.Module) for item in value):
            setattr(module, name, nn.ModuleList(value))
            names.append(name)
    return names
