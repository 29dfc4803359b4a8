"""The counts are tensors, because the sizes were multiplied with torch."""

import torch
from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    stored = sum(torch.tensor(param.shape).prod() for param in net.parameters())
    without_sharing = sum(
        torch.tensor(param.shape).prod() for _, param in net.named_parameters(remove_duplicate=False)
    )
    return stored, without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
