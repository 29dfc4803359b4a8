"""Lazy layers are found by their class, so a parameter left open in a layer made by hand goes unnoticed."""

from torch import nn
from torch.nn.modules.lazy import LazyModuleMixin


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """Linear with a known input size, ReLU, Linear with an input size to be found."""
    return nn.Sequential(nn.Linear(in_features, hidden_size), nn.ReLU(), nn.LazyLinear(output_size))


def uninitialized(net: nn.Module) -> list[str]:
    """Parameters of all modules of a lazy class."""
    names = []
    for prefix, module in net.named_modules():
        if isinstance(module, LazyModuleMixin) and module.has_uninitialized_params():
            for name, _ in module.named_parameters(recurse=False):
                names.append(f"{prefix}.{name}" if prefix else name)
    return names
