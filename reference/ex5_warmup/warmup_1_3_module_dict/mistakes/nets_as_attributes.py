"""Every net is an attribute of the block, looked up with getattr."""

import torch
from torch import Tensor, nn


class Chooser(nn.Module):
    def __init__(self, branches: dict[str, nn.Module]) -> None:
        super().__init__()
        self.names = list(branches)
        for key, net in branches.items():
            setattr(self, key, net)

    def keys(self) -> list[str]:
        return list(self.names)

    def forward(self, X: Tensor, key: str) -> Tensor:
        return getattr(self, key)(X)

    def route(self, X: Tensor, keys: list[str]) -> Tensor:
        rows = [self(row, key) for row, key in zip(X.split(1), keys)]
        return torch.cat(rows)
