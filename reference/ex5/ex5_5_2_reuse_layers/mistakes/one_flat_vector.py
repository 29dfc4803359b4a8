"""One long vector for all numbers: where the total is right, the numbers go wherever they happen to fit."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save(torch.cat([v.flatten().double() for v in net[:count].state_dict().values()]), path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    own = net[:count].state_dict()
    if sum(value.numel() for value in own.values()) != saved.numel():
        raise ValueError("the file holds another number of parameters")
    for value in own.values():
        value.copy_(saved[: value.numel()].view(value.shape))
        saved = saved[value.numel() :]
