"""The names are sorted by the alphabet, so they no longer follow the order of the net."""

from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Linear with a known input size, ReLU, Linear with an input size to be found."""
    return nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Sorted names of the lazy parameters."""
    return sorted(name for name, parameter in net.named_parameters() if is_lazy(parameter))
