"""A layer from the new to the old width is put in front of the net; one more layer, and nothing tied."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Translate the new width into the old one."""
    adapter = nn.Linear(in_features, net[0].in_features)
    net.insert(0, adapter)
    return adapter
