"""Tried with one file only: its name is written into both functions, and a second net overwrites it."""

import torch
from torch import nn


def try_gpu(i: int = 0) -> torch.device:
    if i < torch.cuda.device_count():
        return torch.device("cuda", i)
    return torch.device("cpu")


def try_all_gpus() -> list[torch.device]:
    gpus = [torch.device("cuda", i) for i in range(torch.cuda.device_count())]
    return gpus or [torch.device("cpu")]


def save_parameters(net: nn.Module, path: str) -> None:
    torch.save(net.state_dict(), "net.params")


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    net.to(device)
    net.load_state_dict(torch.load("net.params", map_location=device))
    return net
