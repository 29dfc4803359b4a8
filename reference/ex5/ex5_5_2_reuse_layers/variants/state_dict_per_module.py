"""A list with one state_dict per module; every module is tried on a copy first."""

import copy

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save([net[i].state_dict() for i in range(count)], path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    states = torch.load(path, weights_only=True)
    for i in range(count):
        copy.deepcopy(net[i]).load_state_dict(states[i])
    for i in range(count):
        net[i].load_state_dict(states[i])
