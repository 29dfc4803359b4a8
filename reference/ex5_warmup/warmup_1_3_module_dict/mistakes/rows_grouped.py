"""Rows of one key run together, and stay together in the result."""

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
        rows = [self(X[[k == key for k in keys]], key) for key in dict.fromkeys(keys)]
        return torch.cat(rows)
