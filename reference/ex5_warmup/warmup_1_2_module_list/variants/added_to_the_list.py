"""The list grows with +=, and the modules are put in one by one."""

import torch
from torch import nn


class ListMLP(nn.Module):
    def __init__(self, widths):
        super().__init__()
        widths = tuple(widths)
        self.width = widths[0]
        self.layers = nn.ModuleList([])
        for width in widths[1:]:
            self.append(width)

    def append(self, width):
        self.layers += [nn.Linear(self.width, width)]
        self.width = width

    def forward(self, X):
        X = self.layers[0](X)
        for i in range(1, len(self.layers)):
            X = self.layers[i](X.clamp(min=0))
        return X


def register_lists(module):
    found = []
    for name in tuple(module.__dict__):
        value = module.__dict__[name]
        if type(value) is not list or not value:
            continue
        if [item for item in value if not isinstance(item, nn.Module)]:
            continue
        new = nn.ModuleList()
        for item in value:
            new.append(item)
        module.__setattr__(name, new)
        found += [name]
    return found
