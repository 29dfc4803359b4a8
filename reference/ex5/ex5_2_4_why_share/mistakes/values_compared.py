"""Parameters with equal values are taken for shared."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    every = [param for _, param in net.named_parameters(remove_duplicate=False)]
    distinct = []
    for param in every:
        if not any(param.shape == other.shape and bool((param == other).all()) for other in distinct):
            distinct.append(param)
    stored = sum(param.numel() for param in distinct)
    without_sharing = sum(param.numel() for param in every)
    return stored, without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
