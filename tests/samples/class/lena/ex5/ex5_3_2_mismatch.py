"""Exercise 5.3.2: What happens with mismatched dimensions?

A net whose layers do not fit together can be defined without a complaint. The error comes later.
The two functions here catch it: one gives its message, the other finds the layer that it came from.

    net = nn.Sequential(nn.Linear(20, 16), nn.ReLU(), nn.Linear(32, 10))   # no error
    X = torch.rand(2, 20)
    print(dimension_error(net, X))   # a message which says that 16 and 32 do not go together
    print(first_mismatch(net, X))    # 2
    print(dimension_error(net[:2], X), first_mismatch(net[:2], X))   # None None
"""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """Return ``None`` if `net` accepts `X`, and otherwise the message of the error.

    Args:
        net: any module; a `Sequential` of layers of any kind, for example.
        X: an input of any shape and dtype.

    Returns:
        ``None``, or the text of PyTorch's error message as a `str` (not the exception).

    A `RuntimeError` or a `ValueError` (some layers of PyTorch raise this one) is a mismatch; you
    may take it that both are about shapes here. Anything else that a layer raises, such as a
    `KeyError` or a `TypeError`, has another cause and goes on to the caller.

    Afterwards `net` and `X` are as they were: the parameters, the layers, training or evaluation
    mode, the values and the shape of `X`; and a lazy layer behind the failing one is still without
    a shape. (A lazy layer in front of the failing one may take its shape, and the running
    statistics of a BatchNorm may move. No layer of the nets in question writes to its input.)
    """
    raise NotImplementedError


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """Return the index of the first layer that refuses its input, or ``None`` if `X` gets through.

    Args:
        net: layers of any kind, blocks among them: a failure anywhere inside ``net[i]`` is the
            failure of layer ``i``. No layer appears twice.
        X: an input of any shape and dtype.

    Returns:
        ``None``, or the index as an `int`; the layer is ``net[index]``, so counting begins with 0.

    What is a mismatch, what goes on to the caller, and what stays as it was: as for
    `dimension_error`.
    """
    raise NotImplementedError
