"""Right: state_dict() with its variables kept, of which only parameters count."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    values = [value for value in net.state_dict(keep_vars=True).values() if isinstance(value, nn.Parameter)]
    return sum(value.numel() for value in dict.fromkeys(values)), sum(value.numel() for value in values)


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
