"""All nets run, and one of the outputs is picked."""

import torch
from torch import Tensor, nn


class Chooser(nn.Module):
    def __init__(self, branches: dict[str, nn.Module]) -> None:
        super().__init__()
        self.branches = nn.ModuleDict(branches)

    def keys(self) -> list[str]:
        return list(self.branches)

    def forward(self, X: Tensor, key: str) -> Tensor:
        outputs = {name: net(X) for name, net in self.branches.items()}
        return outputs[key]

    def route(self, X: Tensor, keys: list[str]) -> Tensor:
        rows = [self(row, key) for row, key in zip(X.split(1), keys)]
        return torch.cat(rows)
