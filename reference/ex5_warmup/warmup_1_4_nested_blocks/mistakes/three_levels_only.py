"""at takes paths of three indices."""

from torch import nn


def inner_block(width: int, hidden: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, width), nn.ReLU())


def outer_block(count: int, width: int, hidden: int) -> nn.Sequential:
    block = nn.Sequential()
    for number in range(count):
        block.add_module(f"block {number}", inner_block(width, hidden))
    return block


def build(count: int, width: int, hidden: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(outer_block(count, width, hidden), nn.Linear(width, outputs))


def at(net: nn.Module, path: list[int]) -> nn.Module:
    return net[path[0]][path[1]][path[2]]
