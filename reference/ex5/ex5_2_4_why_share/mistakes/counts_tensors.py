"""Tensors are counted, not the numbers in them."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    stored = len(list(net.parameters()))
    without_sharing = len(list(net.named_parameters(remove_duplicate=False)))
    return stored, without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
