"""The layer is held several times; contributions follow from the chain rule, written down."""

import torch
from torch import nn


class TiedChain(nn.Module):
    def __init__(self, uses):
        super().__init__()
        self.uses = uses
        self.shared = nn.Linear(1, 1, bias=False)
        self._layers = [self.shared, nn.Tanh()] * uses

    def forward(self, X):
        for layer in self._layers:
            X = layer(X)
        return X


@torch.no_grad()
def contributions(net, X):
    w = net.shared.weight.item()
    inputs, outputs = [], []
    for _ in range(net.uses):
        inputs.append(X)
        X = (w * X).tanh()
        outputs.append(X)
    behind, parts = torch.ones_like(X), []
    for before, after in zip(reversed(inputs), reversed(outputs)):
        slope = behind * (1 - after**2)
        parts.insert(0, (slope * before).sum())
        behind = slope * w
    return torch.stack(parts)
