"""The result of route is always made in float32."""

import torch
from torch import Tensor, nn


class Chooser(nn.Module):
    def __init__(self, branches: dict[str, nn.Module]) -> None:
        super().__init__()
        self.branches = nn.ModuleDict(branches)

    def keys(self) -> list[str]:
        return list(self.branches)

    def forward(self, X: Tensor, key: str) -> Tensor:
        return self.branches[key](X)

    def route(self, X: Tensor, keys: list[str]) -> Tensor:
        rows = [self(row, key) for row, key in zip(X.split(1), keys)]
        result = torch.zeros(len(rows), *rows[0].shape[1:])
        for i, row in enumerate(rows):
            result[i] = row[0]
        return result
