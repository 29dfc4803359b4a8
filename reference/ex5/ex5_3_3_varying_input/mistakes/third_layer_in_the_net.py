"""Two new layers share a weight, and one of them replaces net[0], with the old bias."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Make two tied layers of the new width."""
    new = nn.Linear(in_features, net[0].out_features)
    front = nn.Linear(in_features, net[0].out_features)
    front.weight = new.weight
    front.bias = net[0].bias
    net[0] = front
    return new
