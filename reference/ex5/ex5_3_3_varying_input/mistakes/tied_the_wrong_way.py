"""The new layer takes the old weight: tied, but to the old width."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Tie the new layer's weight to that of net[0]."""
    new = nn.Linear(in_features, net[0].out_features)
    new.weight = net[0].weight
    return new
