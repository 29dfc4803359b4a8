"""Only the direct children are looked at, so lazy layers within blocks are missed."""

from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Linear with a known input size, ReLU, Linear with an input size to be found."""
    return nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Names of the lazy parameters of the children."""
    names = []
    for child_name, child in net.named_children():
        for name, parameter in child.named_parameters(recurse=False):
            if is_lazy(parameter):
                names.append(f"{child_name}.{name}")
    return names
