"""The names are collected in a set, which has no order."""

from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Linear with a known input size, ReLU, Linear with an input size to be found."""
    return nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> set[str]:
    """The set of names of the lazy parameters."""
    return {name for name, parameter in net.named_parameters() if is_lazy(parameter)}
