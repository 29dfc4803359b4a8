"""Contributions are the gradients of an untied net."""

import copy

import torch
from torch import nn


class TiedChain(nn.Module):
    def __init__(self, uses):
        super().__init__()
        self.uses = uses
        self.shared = nn.Linear(1, 1, bias=False)

    def forward(self, X):
        done = 0
        while done < self.uses:
            X = self.shared(X).tanh()
            done += 1
        return X


def contributions(net, X):
    layers = [copy.deepcopy(net.shared) for _ in range(net.uses)]
    for layer in layers:
        layer.weight.grad = None
    steps = [module for layer in layers for module in (layer, nn.Tanh())]
    nn.Sequential(*steps)(X.detach()).sum().backward()
    return torch.stack([layer.weight.grad[0, 0] for layer in layers])
