"""Exercise 5.3.2 - Anna."""

import torch
from torch import nn

MISMATCH = (RuntimeError, ValueError)  # BatchNorm complains with a ValueError


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    try:
        net(X)
    except MISMATCH as error:
        return str(error)
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except MISMATCH:
            return index
    return None


if __name__ == "__main__":
    net = nn.Sequential(nn.Linear(20, 16), nn.ReLU(), nn.Linear(32, 10))
    print(dimension_error(net, torch.rand(2, 20)))
    print(first_mismatch(net, torch.rand(2, 20)))
