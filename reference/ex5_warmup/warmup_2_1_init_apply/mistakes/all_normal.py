"""Convolutions are initialised like linear layers."""

import torch
from torch import nn


def _by_type(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=0.01)
    elif isinstance(module, nn.Conv2d):
        nn.init.normal_(module.weight, std=0.01)
    else:
        return
    if module.bias is not None:
        nn.init.zeros_(module.bias)


def init_by_type(net: nn.Module) -> None:
    net.apply(_by_type)


def _xavier(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)


def _forty_two(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.constant_(module.weight, 42)


def init_ends(net: nn.Sequential) -> None:
    net[0].apply(_xavier)
    net[-1].apply(_forty_two)


def shift_and_set(layer: nn.Linear, shift: float, corner: float) -> None:
    with torch.no_grad():
        layer.weight += shift
        layer.weight[0, 0] = corner
