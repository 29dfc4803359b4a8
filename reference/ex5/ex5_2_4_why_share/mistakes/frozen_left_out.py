"""Only parameters that can learn are counted, as in many summaries of nets."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    stored = sum(param.numel() for param in net.parameters() if param.requires_grad)
    without_sharing = sum(
        param.numel() for _, param in net.named_parameters(remove_duplicate=False) if param.requires_grad
    )
    return stored, without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
