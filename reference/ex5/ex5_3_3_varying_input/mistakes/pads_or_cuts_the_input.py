"""The input is padded with zeros or cut to the old width, so the net itself can stay as it is."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Bring every input to the width of the first layer."""
    width = net[0].in_features

    def fit(module, inputs):
        return (nn.functional.pad(inputs[0], (0, width - inputs[0].shape[-1])),)

    net.register_forward_pre_hook(fit)
    new = nn.Linear(in_features, net[0].out_features)
    return new
