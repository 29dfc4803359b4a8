"""The second number is what is saved by sharing, not what there would be without it."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    stored = sum(param.numel() for param in net.parameters())
    saved = sum(param.numel() for _, param in net.named_parameters(remove_duplicate=False)) - stored
    return stored, saved


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
