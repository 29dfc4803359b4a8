"""Goes through parameters(), where the running statistics of batch normalisation are not."""

import torch
from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    torch.save([p.detach() for p in net[:count].parameters()], path)


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    saved = torch.load(path, weights_only=True)
    own = list(net[:count].parameters())
    if [p.shape for p in own] != [value.shape for value in saved]:
        raise ValueError("the layers in the file have other shapes")
    with torch.no_grad():
        for parameter, value in zip(own, saved, strict=True):
            parameter.copy_(value)
