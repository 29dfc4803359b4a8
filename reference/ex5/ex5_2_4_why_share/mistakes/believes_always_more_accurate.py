"""Sharing is taken for an advantage on every task, whether its places are alike or not."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    stored = sum(param.numel() for param in net.parameters())
    without_sharing = sum(param.numel() for _, param in net.named_parameters(remove_duplicate=False))
    return stored, without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files", "always_more_accurate"}
