"""Only weights are looked for; the bias is forgotten, though its shape is as unknown."""

from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Linear with a known input size, ReLU, Linear with an input size to be found."""
    return nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Names of the lazy weights."""
    return [
        name for name, parameter in net.named_parameters() if name.endswith("weight") and is_lazy(parameter)
    ]
