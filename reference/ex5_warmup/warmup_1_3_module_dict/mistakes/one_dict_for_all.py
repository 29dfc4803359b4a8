"""The ModuleDict belongs to the class, so that all blocks share it."""

import torch
from torch import Tensor, nn


class Chooser(nn.Module):
    shared = nn.ModuleDict()

    def __init__(self, branches: dict[str, nn.Module]) -> None:
        super().__init__()
        self.branches = self.shared
        self.branches.clear()
        self.branches.update(branches)

    def keys(self) -> list[str]:
        return list(self.branches)

    def forward(self, X: Tensor, key: str) -> Tensor:
        return self.branches[key](X)

    def route(self, X: Tensor, keys: list[str]) -> Tensor:
        rows = [self(row, key) for row, key in zip(X.split(1), keys)]
        return torch.cat(rows)
