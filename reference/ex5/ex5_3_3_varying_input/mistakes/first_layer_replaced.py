"""The new layer is put in the place of net[0]: it works, but nothing is tied, and the bias is lost."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Put a new layer into the net."""
    net[0] = nn.Linear(in_features, net[0].out_features)
    return net[0]
