"""Relies on strict load_state_dict alone: the layers before the wrong one are overwritten by then."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(net[:count].state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    net[:count].load_state_dict(saved)
