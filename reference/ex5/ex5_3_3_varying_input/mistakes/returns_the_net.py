"""The net is adapted, but it is the net that is returned."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Tie the first layer to a new one and return the net."""
    new = nn.Linear(in_features, net[0].out_features)
    net[0].weight = new.weight
    return net
