"""The key of the first call is kept for all later ones."""

import torch
from torch import Tensor, nn


class Chooser(nn.Module):
    def __init__(self, branches: dict[str, nn.Module]) -> None:
        super().__init__()
        self.branches = nn.ModuleDict(branches)
        self.key = None

    def keys(self) -> list[str]:
        return list(self.branches)

    def forward(self, X: Tensor, key: str) -> Tensor:
        self.key = self.key or key
        return self.branches[self.key](X)

    def route(self, X: Tensor, keys: list[str]) -> Tensor:
        rows = [self(row, key) for row, key in zip(X.split(1), keys)]
        return torch.cat(rows)
