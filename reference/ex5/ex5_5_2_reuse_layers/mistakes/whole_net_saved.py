"""Stores the whole net and picks out the first layers on loading, so the file is as large as the net."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(net.state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    saved = {name: value for name, value in saved.items() if int(name.split(".")[0]) < count}
    own = net[:count].state_dict()
    if {k: v.shape for k, v in saved.items()} != {k: v.shape for k, v in own.items()}:
        raise ValueError("the layers in the file have other shapes")
    net[:count].load_state_dict(saved)
