"""Copies the weights of the Linear layers and does not think of the biases."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    weights = [layer.weight.detach() for layer in net[:count] if isinstance(layer, nn.Linear)]
    torch.save(weights, path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    layers = [layer for layer in net[:count] if isinstance(layer, nn.Linear)]
    if [layer.weight.shape for layer in layers] != [weight.shape for weight in saved]:
        raise ValueError("shapes do not fit")
    with torch.no_grad():
        for layer, weight in zip(layers, saved, strict=True):
            layer.weight.copy_(weight)
