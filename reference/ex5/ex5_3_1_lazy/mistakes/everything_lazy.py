"""Both layers are lazy: the input size that was given is not used, so any width is accepted."""

from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Two lazy layers."""
    return nn.Sequential(nn.LazyLinear(hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Names of the parameters that have no shape yet."""
    return [name for name, parameter in net.named_parameters() if is_lazy(parameter)]
