"""All statements are taken, the boldest too."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    stored = sum(param.numel() for param in net.parameters())
    without_sharing = sum(param.numel() for _, param in net.named_parameters(remove_duplicate=False))
    return stored, without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "independent_gradients", "fewer_multiplications", "different_shapes", "built_in_symmetry", "smaller_files", "always_more_accurate"}
