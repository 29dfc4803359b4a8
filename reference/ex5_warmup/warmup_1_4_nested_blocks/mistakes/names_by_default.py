"""The blocks have no names of their own."""

from torch import nn


def inner_block(width: int, hidden: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, width), nn.ReLU())


def outer_block(count: int, width: int, hidden: int) -> nn.Sequential:
    return nn.Sequential(*[inner_block(width, hidden) for _ in range(count)])


def build(count: int, width: int, hidden: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(outer_block(count, width, hidden), nn.Linear(width, outputs))


def at(net: nn.Module, path: list[int]) -> nn.Module:
    for index in path:
        net = net[index]
    return net
