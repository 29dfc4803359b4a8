"""Keeps the values in a dictionary of the program: gone when another machine wants to read them."""

import torch
from torch import nn

SAVED = {}


def try_gpu(i: int = 0) -> torch.device:
    if i < torch.cuda.device_count():
        return torch.device("cuda", i)
    return torch.device("cpu")


def try_all_gpus() -> list[torch.device]:
    gpus = [torch.device("cuda", i) for i in range(torch.cuda.device_count())]
    return gpus or [torch.device("cpu")]


def save_parameters(net: nn.Module, path: str) -> None:
    SAVED[path] = {name: tensor.detach().clone() for name, tensor in net.state_dict().items()}


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    net.load_state_dict(SAVED[path])
    return net.to(device)
