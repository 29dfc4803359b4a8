"""The way leads through lists of children."""

from functools import reduce

from torch import nn


def inner_block(width, hidden):
    block = nn.Sequential()
    for before, after in ((width, hidden), (hidden, width)):
        block.extend([nn.Linear(before, after), nn.ReLU()])
    return block


def outer_block(count, width, hidden):
    block = nn.Sequential()
    while len(block) < count:
        block.register_module("block " + str(len(block)), inner_block(width, hidden))
    return block


def build(count, width, hidden, outputs):
    net = nn.Sequential()
    net.append(outer_block(count, width, hidden))
    net.append(nn.Linear(width, outputs))
    return net


def at(net, path):
    return reduce(lambda module, index: list(module._modules.values())[index], path, net)
