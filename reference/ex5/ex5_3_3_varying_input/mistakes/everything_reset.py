"""All later layers are initialised anew after tying, so that training may begin afresh."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Tie the weight, then reset the net."""
    new = nn.Linear(in_features, net[0].out_features)
    net[0].weight = new.weight
    for layer in net[1:]:
        if hasattr(layer, "reset_parameters"):
            layer.reset_parameters()
    return new
