"""Right in another way: the old Parameter gets a larger tensor; columns that fit are kept."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Keep the Parameter and the columns that it has in common with the new width."""
    first = net[0]
    new = nn.Linear(in_features, first.out_features)
    common = min(in_features, first.weight.shape[1])
    wide = new.weight.detach().clone()
    wide[:, :common] = first.weight.detach()[:, :common]
    first.weight.data = wide
    first.weight.grad = None
    new.weight = first.weight
    first.in_features = in_features
    return new
