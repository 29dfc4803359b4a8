"""The wrong layer is lazy: the one whose input size was given."""

from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """A lazy first layer."""
    return nn.Sequential(nn.LazyLinear(hidden_size), nn.ReLU(), nn.Linear(hidden_size, output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Names of the parameters that have no shape yet."""
    return [name for name, parameter in net.named_parameters() if is_lazy(parameter)]
