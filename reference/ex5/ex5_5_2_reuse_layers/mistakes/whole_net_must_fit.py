"""Loads the whole net strictly after replacing the front, and stores all of it to be able to."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(net.state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    own = net.state_dict()
    if {k: v.shape for k, v in saved.items()} != {k: v.shape for k, v in own.items()}:
        raise ValueError("the nets have other shapes")
    for name in own:
        if int(name.split(".")[0]) >= count:
            saved[name] = own[name]
    net.load_state_dict(saved)
