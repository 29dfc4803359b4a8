"""A slice of a Sequential is a Sequential of the same layers: its state_dict is what the file needs."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(net[:count].state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    front = net[:count]
    found = {name: value.shape for name, value in saved.items()}
    wanted = {name: value.shape for name, value in front.state_dict().items()}
    if found != wanted:
        raise ValueError(f"the layers in {path} have the shapes {found}, the net needs {wanted}")
    front.load_state_dict(saved)
