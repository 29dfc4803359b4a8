"""The names of the lazy layers are given in place of the names of their parameters."""

from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Linear with a known input size, ReLU, Linear with an input size to be found."""
    return nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Names of the modules with lazy parameters."""
    return [
        name
        for name, module in net.named_modules()
        if any(is_lazy(parameter) for parameter in module.parameters(recurse=False))
    ]
