"""Warm-up 2.1: initialise a net with apply, by the type of its layers, and write into a weight directly."""

from torch import nn


def init_by_type(net: nn.Module) -> None:
    """Initialise layers by their type, in place, however deep in `net` they are.

    - nn.Linear and what inherits from it: weights from the normal distribution with mean 0 and standard deviation
      0.01, biases 0.
    - nn.Conv2d and what inherits from it: Xavier-uniform weights, biases 0.
    - Everything else stays as it is.

    `net` itself may be such a layer. A layer may have no bias.
    """
    raise NotImplementedError("a function for apply, which looks at the type")


def init_ends(net: nn.Sequential) -> None:
    """Initialise the two ends of a net with at least two children differently, in place.

    All nn.Linear layers in the first child, or the first child itself, get Xavier-uniform weights. Those in the last
    child, or the last child itself, get weights that all are 42. Biases and everything else stay as they are.
    """
    raise NotImplementedError("apply works on a part of a net too")


def shift_and_set(layer: nn.Linear, shift: float, corner: float) -> None:
    """Add `shift` to all weights of a layer, then set the first weight of the first row to `corner`.

    This is done in place: the weight remains the same nn.Parameter and requires a gradient if it did before. No
    history is recorded. The bias stays as it is.
    """
    raise NotImplementedError("write into the weight")
