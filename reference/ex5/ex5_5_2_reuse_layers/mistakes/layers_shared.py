"""Keeps the layers themselves at hand and puts the same objects into the second net."""

import torch
from torch import nn

FRONTS = {}


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    FRONTS[path] = net[:count]
    torch.save(net[:count].state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    own = net[:count].state_dict()
    if {k: v.shape for k, v in saved.items()} != {k: v.shape for k, v in own.items()}:
        raise ValueError("the layers in the file have other shapes")
    for i, layer in enumerate(FRONTS[path]):
        net[i] = layer
