"""The tied weight does not ask for gradients: it was made from a detached tensor."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Tie a weight that is left out of training."""
    new = nn.Linear(in_features, net[0].out_features)
    new.weight = nn.Parameter(new.weight.detach(), requires_grad=False)
    net[0].weight = new.weight
    return new
