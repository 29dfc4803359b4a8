"""The names come with a dict; the path is followed by recursion."""

from collections import OrderedDict

from torch import nn


def inner_block(width, hidden):
    layers = [nn.Linear(width, hidden), nn.ReLU(inplace=True), nn.Linear(hidden, width), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers)


def outer_block(count, width, hidden):
    return nn.Sequential(OrderedDict(("block %d" % i, inner_block(width, hidden)) for i in range(count)))


def build(count, width, hidden, outputs):
    net = nn.Sequential(outer_block(count, width, hidden))
    return net.append(nn.Linear(width, outputs))


def at(net, path):
    if not path:
        return net
    first, *rest = path
    return at(net[first], rest)
