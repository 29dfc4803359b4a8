"""Exercise 5.3.1: The first layer's input size is given, that of the later layers is not.

What is initialised when? Build such a net, and write a function that says which of its parameters
have no shape yet.

    net = build_net(20, 16, 10)
    print(uninitialized(net))          # the names of two parameters, those of the last layer
    print(net(torch.rand(2, 20)).shape)   # torch.Size([2, 10])
    print(uninitialized(net))          # []
"""

from torch import nn


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Return a net whose first layer is initialised at once and whose last layer is not.

    1. a fully connected layer with `hidden_size` outputs, whose input size `in_features` is given,
    2. a ReLU,
    3. a fully connected layer with `output_size` outputs, whose input size is left to be found by
       the first data that comes along.

    Both layers have a weight and a bias. Nothing has been sent through the net when it is returned.
    An input of shape ``(..., in_features)`` gives an output of shape ``(..., output_size)``; an
    input of another width is refused with an error, before and after the first right one.
    """
    raise NotImplementedError


def uninitialized(net: nn.Module) -> list[str]:
    """Return the names of the parameters of `net` that have no shape yet.

    Args:
        net: any module: with no, some or only lazy layers, of any kind (linear, convolutional,
            normalising, made by hand), nested or not, or a lazy layer alone.

    Returns:
        a `list` of names as in ``net.named_parameters()`` and in the same order. Buffers are no
        parameters and are not named. If every parameter has a shape, the list is empty.

    Asking changes nothing: it sends no data through `net`, and what was lazy stays lazy.
    """
    raise NotImplementedError
