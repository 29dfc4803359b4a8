"""net[0] gets a new weight and is returned itself, so no second layer exists."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Give net[0] a weight of the new width."""
    net[0].weight = nn.Linear(in_features, net[0].out_features).weight
    net[0].in_features = in_features
    return net[0]
