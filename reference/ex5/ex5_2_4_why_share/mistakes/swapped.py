"""The two numbers come in the wrong order."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    stored = sum(param.numel() for param in net.parameters())
    without_sharing = sum(param.numel() for _, param in net.named_parameters(remove_duplicate=False))
    return without_sharing, stored


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
