"""An uninitialised parameter is expected to have no elements, but it refuses to be asked."""

from torch import nn


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Linear with a known input size, ReLU, Linear with an input size to be found."""
    return nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Names of the parameters without elements."""
    return [name for name, parameter in net.named_parameters() if parameter.numel() == 0]
