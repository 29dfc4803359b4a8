"""A layer of the right width is made and returned, and the net is forgotten."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Make a layer of the new width."""
    return nn.Linear(in_features, net[0].out_features)
