"""The names come from the state_dict, which lists buffers as well as parameters."""

from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Linear with a known input size, ReLU, Linear with an input size to be found."""
    return nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Names of everything in the state_dict that has no shape."""
    return [name for name, value in net.state_dict().items() if is_lazy(value)]
