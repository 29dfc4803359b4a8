"""Warm-up 4.1: write tensors and the parameters of a net to a file, and read them back."""

import torch
from torch import Tensor, nn


def save_tensors(path: str, tensors: Tensor | list[Tensor] | dict[str, Tensor]) -> None:
    torch.save(tensors, path)


def load_tensors(path: str) -> Tensor | list[Tensor] | dict[str, Tensor]:
    return torch.load(path)


def save_net(path: str, net: nn.Module) -> None:
    torch.save(net.state_dict(), path)


def load_net(path: str, net: nn.Module) -> nn.Module:
    net.load_state_dict(torch.load(path))
    return net
