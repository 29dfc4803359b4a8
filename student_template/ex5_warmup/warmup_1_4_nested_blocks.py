"""Warm-up 1.4: functions that build blocks within blocks, and the way to a layer by indices."""

from torch import nn


def inner_block(width: int, hidden: int) -> nn.Sequential:
    """Return a new nn.Sequential of four layers.

    They are nn.Linear(width, hidden), nn.ReLU, nn.Linear(hidden, width), nn.ReLU, in this order.
    """
    raise NotImplementedError("four layers")


def outer_block(count: int, width: int, hidden: int) -> nn.Sequential:
    """Return an nn.Sequential of `count` inner blocks, each with parameters of its own.

    As its children, the blocks are called "block 0", "block 1" and so on. There is at least one.
    """
    raise NotImplementedError("several inner blocks, with names")


def build(count: int, width: int, hidden: int, outputs: int) -> nn.Sequential:
    """Return an nn.Sequential of two children: an outer block, then nn.Linear(width, outputs)."""
    raise NotImplementedError("an outer block and an output layer")


def at(net: nn.Module, path: list[int]) -> nn.Module:
    """Return the module to which a path of indices leads: for [0, 1, 2] it is net[0][1][2].

    It is the very module, no copy. Paths are of any length; the empty one leads to `net` itself. An index may be
    negative, as in a list. The path is not changed. Every module on the way can be indexed, such as an
    nn.Sequential or an nn.ModuleList.

    Raises:
        IndexError: if there is no module at an index.
    """
    raise NotImplementedError("follow the path")
