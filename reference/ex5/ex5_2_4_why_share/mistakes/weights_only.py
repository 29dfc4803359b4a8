"""Biases are left out of the count."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    stored = sum(param.numel() for name, param in net.named_parameters() if not name.endswith("bias"))
    without_sharing = sum(
        param.numel()
        for name, param in net.named_parameters(remove_duplicate=False)
        if not name.endswith("bias")
    )
    return stored, without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
