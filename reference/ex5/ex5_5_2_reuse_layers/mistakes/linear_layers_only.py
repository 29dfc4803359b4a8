"""Copies weight and bias of every Linear layer; layers of any other kind keep their values."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    pairs = [
        (layer.weight.detach(), layer.bias.detach()) for layer in net[:count] if isinstance(layer, nn.Linear)
    ]
    torch.save(pairs, path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    layers = [layer for layer in net[:count] if isinstance(layer, nn.Linear)]
    if [(layer.weight.shape, layer.bias.shape) for layer in layers] != [(w.shape, b.shape) for w, b in saved]:
        raise ValueError("shapes do not fit")
    with torch.no_grad():
        for layer, (weight, bias) in zip(layers, saved, strict=True):
            layer.weight.copy_(weight)
            layer.bias.copy_(bias)
