"""Catches the error of load_state_dict and prints it; the caller goes on with half a front."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(net[:count].state_dict(), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    try:
        net[:count].load_state_dict(saved)
    except RuntimeError as error:
        print("could not load:", error)
