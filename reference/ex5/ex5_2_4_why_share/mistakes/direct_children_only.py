"""Only the direct children of the net are looked at for repetitions."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    stored = sum(param.numel() for param in net.parameters())
    without_sharing = sum(param.numel() for child in net._modules.values() for param in child.parameters())
    return stored, without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
