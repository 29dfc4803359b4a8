"""Assigns p.data, which takes any shape, so a layer that does not fit is noticed only in the next forward."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(net[:count].state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    tensors = {**dict(net[:count].named_parameters()), **dict(net[:count].named_buffers())}
    for name, value in saved.items():
        tensors[name].data = value
