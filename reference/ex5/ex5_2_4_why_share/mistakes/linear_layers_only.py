"""Only Linear layers are counted, and as if each had a bias."""

from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    layers = [
        module for _, module in net.named_modules(remove_duplicate=False) if isinstance(module, nn.Linear)
    ]
    without_sharing = sum(layer.in_features * layer.out_features + layer.out_features for layer in layers)
    tensors = {id(param): param.numel() for layer in layers for param in layer.parameters()}
    return sum(tensors.values()), without_sharing


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
