"""One layer too many: a lazy hidden layer stands between the first and the last."""

from torch import nn
from torch.nn.parameter import is_lazy


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Three layers, two of them lazy."""
    return nn.Sequential(
        nn.Linear(in_features, hidden_size),
        nn.ReLU(),
        nn.LazyLinear(hidden_size),
        nn.ReLU(),
        nn.LazyLinear(output_size),
    )


def uninitialized(net: nn.Module) -> list[str]:
    """Names of the parameters that have no shape yet."""
    return [name for name, parameter in net.named_parameters() if is_lazy(parameter)]
