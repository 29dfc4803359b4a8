"""The weight is one row repeated, with memory of its own: all units of the layer begin alike."""

import torch
from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Begin with the same weights for each unit."""
    new = nn.Linear(in_features, net[0].out_features)
    with torch.no_grad():
        new.weight.copy_(net[0].weight.mean(dim=1, keepdim=True).mean().repeat(new.weight.shape))
    net[0].weight = new.weight
    return new
