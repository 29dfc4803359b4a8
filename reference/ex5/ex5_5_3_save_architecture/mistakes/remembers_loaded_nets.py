"""Remembers what it has loaded and hands the same net out again, so two callers train one net."""

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(20, 256)
        self.output = nn.Linear(256, 10)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output(torch.relu(self.hidden(X)))


LOADED = {}


def save_model(net: nn.Module, path: str) -> None:
    torch.save(net, path)


def load_model(path: str) -> nn.Module:
    if path not in LOADED:
        LOADED[path] = torch.load(path, weights_only=False)
    return LOADED[path]
