"""All layers of the net are replaced by fresh ones of the right sizes, so what was learned is lost."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Replace all layers by new ones."""
    new = nn.Linear(in_features, net[0].out_features)
    for index, layer in enumerate(net):
        if isinstance(layer, nn.Linear):
            net[index] = nn.Linear(layer.in_features, layer.out_features)
    net[0].weight = new.weight
    return new
