"""Takes count for the number of the layer, and carries that one layer over."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(net[count - 1].state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    own = net[count - 1].state_dict()
    if {k: v.shape for k, v in saved.items()} != {k: v.shape for k, v in own.items()}:
        raise ValueError("the layers in the file have other shapes")
    net[count - 1].load_state_dict(saved)
