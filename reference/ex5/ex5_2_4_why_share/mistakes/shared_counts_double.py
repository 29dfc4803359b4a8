"""What is shared at all is counted twice, as if two uses were the most there can be."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    names = {}
    for name, param in net.named_parameters(remove_duplicate=False):
        names.setdefault(id(param), (param.numel(), []))[1].append(name)
    stored = sum(size for size, _ in names.values())
    without_sharing = sum(size * min(len(uses), 2) for size, uses in names.values())
    return stored, without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
