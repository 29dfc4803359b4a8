"""A forward pass is run and calls are counted: what forward does decides, not the structure of the net."""

import torch
from torch import nn


def count_parameters(net: nn.Module) -> tuple[int, int]:
    calls = []

    def note(module, args, output):
        calls.append(sum(param.numel() for param in module.parameters(recurse=False)))

    hooks = [module.register_forward_hook(note) for module in net.modules()]
    first = next(net.parameters())
    net(torch.zeros(2, first.shape[-1]))
    for hook in hooks:
        hook.remove()
    stored = sum(param.numel() for param in net.parameters())
    return stored, sum(calls)


BENEFITS: set[str] = {"fewer_parameters", "summed_gradients", "built_in_symmetry", "smaller_files"}
