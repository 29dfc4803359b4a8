"""It asks for the class LazyLinear and takes for granted a weight and a bias; other lazy layers exist."""

from torch import nn


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Linear with a known input size, ReLU, Linear with an input size to be found."""
    return nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Weight and bias of every LazyLinear."""
    names = []
    for name, module in net.named_modules():
        if isinstance(module, nn.LazyLinear):
            prefix = f"{name}." if name else ""
            names += [prefix + "weight", prefix + "bias"]
    return names
