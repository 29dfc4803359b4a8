"""A machine without GPUs was at hand, and the fallback was all that was ever tried."""

import torch
from torch import nn


def try_gpu(i: int = 0) -> torch.device:
    return torch.device("cpu")


def try_all_gpus() -> list[torch.device]:
    return [torch.device("cpu")]


def save_parameters(net: nn.Module, path: str) -> None:
    torch.save(net.state_dict(), path)


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    net.to(device)
    net.load_state_dict(torch.load(path, map_location=device))
    return net
