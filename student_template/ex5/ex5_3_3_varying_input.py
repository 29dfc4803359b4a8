"""Exercise 5.3.3: What to do if the inputs have another width?

The first layer's weight has one column per feature, so it cannot serve another width. Tie it to the
weight of a new layer that does.

    net = nn.Sequential(nn.Linear(20, 16), nn.ReLU(), nn.Linear(16, 10))
    new = adapt_input(net, 32)
    print(new)                                # Linear(in_features=32, out_features=16, bias=True)
    print(net(torch.rand(2, 32)).shape)       # torch.Size([2, 10])
    print(net[0].weight is new.weight)        # True
"""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Make `net` take inputs of the width `in_features`, by parameter tying; return the new layer.

    Args:
        net: a `Sequential` whose first layer, ``net[0]``, is an `nn.Linear`.
        in_features: the new width, larger or smaller than the old one.

    Returns:
        a new `nn.Linear` with `in_features` inputs and as many outputs as ``net[0]``, its weight
        initialised as usual. It is another object than ``net[0]``, but both have one and the same
        weight: the same `Parameter`, so that a training step on one is seen by the other.

    `net` itself is changed. ``net[0]`` stays the same object with the same bias as before, and all
    layers behind it stay the same objects with the same parameters. Inputs of the old width are
    refused from now on. The attribute ``net[0].in_features`` and the bias of the new layer are
    free. A net can be adapted again, to a third width, with another new layer.
    """
    raise NotImplementedError
