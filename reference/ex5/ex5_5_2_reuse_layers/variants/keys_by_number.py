"""Picks the keys of the whole state_dict by the number in front of the first dot."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    state = net.state_dict()
    torch.save({name: state[name].clone() for name in state if int(name.split(".")[0]) < count}, path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    own = net.state_dict()
    for name, value in own.items():
        if int(name.split(".")[0]) < count and saved[name].shape != value.shape:
            raise ValueError(
                f"{name}: {tuple(saved[name].shape)} in the file, {tuple(value.shape)} in the net"
            )
    own.update(saved)
    net.load_state_dict(own)
