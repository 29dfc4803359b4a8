"""Right in another way: net[0] gets a new weight first, and the new layer takes it over."""

import torch
from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Give net[0] a weight of the new width and let the new layer share it."""
    first = net[0]
    fresh = torch.empty(first.out_features, in_features)
    nn.init.xavier_uniform_(fresh)
    first.weight = nn.Parameter(fresh)
    new = nn.Linear(in_features, first.out_features)
    new.weight = first.weight
    return new
