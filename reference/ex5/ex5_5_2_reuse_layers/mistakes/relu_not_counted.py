"""Counts only the modules that have parameters, so the ReLUs do not count."""

import torch
from torch import nn


def front(net, count):
    layers = [layer for layer in net if any(True for _ in layer.parameters())]
    return nn.Sequential(*layers[:count])


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(front(net, count).state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    own = front(net, count).state_dict()
    if {k: v.shape for k, v in saved.items()} != {k: v.shape for k, v in own.items()}:
        raise ValueError("the layers in the file have other shapes")
    front(net, count).load_state_dict(saved)
