"""The names are right, but a dummy input then makes the net ready: the question has changed the net."""

import contextlib

import torch
from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Linear with a known input size, ReLU, Linear with an input size to be found."""
    return nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Names of the lazy parameters; then they are initialised."""
    names = [name for name, parameter in net.named_parameters() if is_lazy(parameter)]
    first = next((module for module in net.modules() if isinstance(module, nn.Linear)), None)
    with contextlib.suppress(Exception):
        net(torch.zeros(2, first.in_features))
    return names
