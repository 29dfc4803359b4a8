"""Stores parameters by hand beside layers as they were when new; buffers are not parameters."""

import copy

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(20, 256)
        self.output = nn.Linear(256, 10)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output(torch.relu(self.hidden(X)))


def save_model(net: nn.Module, path: str) -> None:
    blank = copy.deepcopy(net)
    for layer in blank.modules():
        if hasattr(layer, "reset_running_stats"):
            layer.reset_running_stats()
    torch.save((blank, list(net.parameters())), path)


def load_model(path: str) -> nn.Module:
    net, values = torch.load(path, weights_only=False)
    with torch.no_grad():
        for parameter, value in zip(net.parameters(), values, strict=True):
            parameter.copy_(value)
    return net
