"""Right: a recursion through the modules; a frozen set for the answer."""

import math

from torch import nn


def uses(module):
    """Yield each parameter once for every way that leads to it."""
    yield from (param for param in module._parameters.values() if param is not None)
    for child in module._modules.values():
        yield from uses(child)


def count_parameters(net: nn.Module) -> tuple[int, int]:
    everything = list(uses(net))
    return sum(math.prod(param.shape) for param in set(everything)), sum(math.prod(param.shape) for param in everything)


BENEFITS = frozenset(["smaller_files", "built_in_symmetry", "summed_gradients", "fewer_parameters"])
