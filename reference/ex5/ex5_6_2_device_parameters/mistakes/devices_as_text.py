"""Gives the names of devices, not devices: device.type and comparisons with a torch.device fail."""

import torch
from torch import nn


def try_gpu(i: int = 0) -> torch.device:
    return f"cuda:{i}" if i < torch.cuda.device_count() else "cpu"


def try_all_gpus() -> list[torch.device]:
    return [f"cuda:{i}" for i in range(torch.cuda.device_count())] or ["cpu"]


def save_parameters(net: nn.Module, path: str) -> None:
    torch.save(net.state_dict(), path)


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    net.to(device)
    net.load_state_dict(torch.load(path, map_location=device))
    return net
