"""Right: parameters told apart by identity, walking over all names of modules."""

import torch
from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    every = [
        param
        for _, module in net.named_modules(remove_duplicate=False)
        for param in module.parameters(recurse=False)
    ]
    return sum({id(param): param.numel() for param in every}.values()), sum(map(torch.numel, every))


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
