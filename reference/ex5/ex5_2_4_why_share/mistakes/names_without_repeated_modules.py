"""Only distinct modules are walked: an assigned weight is seen, a layer that stands there twice is not."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    stored = sum(param.numel() for param in net.parameters())
    without_sharing = sum(param.numel() for module in net.modules() for param in module.parameters(recurse=False))
    return stored, without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
