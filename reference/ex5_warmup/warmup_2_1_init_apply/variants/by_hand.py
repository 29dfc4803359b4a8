"""Formulas and .data, as in the book's examples of direct assignment."""

import math

from torch import nn


def xavier(weight):
    patch = math.prod(weight.shape[2:])
    bound = math.sqrt(6 / ((weight.shape[0] + weight.shape[1]) * patch))
    weight.data.uniform_(-bound, bound)


def init_by_type(net):
    for module in net.modules():
        if not isinstance(module, (nn.Linear, nn.Conv2d)):
            continue
        if isinstance(module, nn.Linear):
            module.weight.data.normal_(0, 0.01)
        else:
            xavier(module.weight)
        if module.bias is not None:
            module.bias.data[:] = 0


def init_ends(net):
    children = list(net.children())
    for module in children[0].modules():
        if isinstance(module, nn.Linear):
            xavier(module.weight)
    for module in children[-1].modules():
        if isinstance(module, nn.Linear):
            module.weight.data[:] = 42


def shift_and_set(layer, shift, corner):
    layer.weight.data[:] += shift
    layer.weight.data[0, 0] = corner
