"""A whole new net is built with the right sizes and its first layer returned; the given net is untouched."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Build the net anew with another input size."""
    sizes = [layer for layer in net if isinstance(layer, nn.Linear)]
    layers = [nn.Linear(in_features, sizes[0].out_features)]
    for layer in sizes[1:]:
        layers += [nn.ReLU(), nn.Linear(layer.in_features, layer.out_features)]
    net = nn.Sequential(*layers)
    return net[0]
