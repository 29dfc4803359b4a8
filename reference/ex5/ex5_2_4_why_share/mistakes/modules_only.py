"""Repeated modules are looked for, so a weight assigned to a second layer is stored twice for it."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    stored = without_sharing = 0
    seen = set()
    for _, module in net.named_modules(remove_duplicate=False):
        size = sum(param.numel() for param in module.parameters(recurse=False))
        without_sharing += size
        if module not in seen:
            stored += size
            seen.add(module)
    return stored, without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
