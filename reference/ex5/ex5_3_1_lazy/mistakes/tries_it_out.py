"""The new net is tried out with a dummy input before it is returned, so nothing is lazy any more."""

import torch
from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Build the net and make sure that it works."""
    net = nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))
    net(torch.rand(2, in_features))
    return net


def uninitialized(net: nn.Module) -> list[str]:
    """Names of the parameters that have no shape yet."""
    return [name for name, parameter in net.named_parameters() if is_lazy(parameter)]
