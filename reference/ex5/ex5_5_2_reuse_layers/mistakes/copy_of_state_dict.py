"""Replaces entries of the dictionary that state_dict() returns; the net never hears of it."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(net[:count].state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    own = net[:count].state_dict()
    if {k: v.shape for k, v in saved.items()} != {k: v.shape for k, v in own.items()}:
        raise ValueError("the layers in the file have other shapes")
    state = net.state_dict()
    for name, value in saved.items():
        state[name] = value
