"""Exercise 5.6.2 - Anna."""

import torch
from torch import nn


def try_gpu(i: int = 0) -> torch.device:
    if torch.cuda.device_count() >= i + 1:
        return torch.device(f"cuda:{i}")
    return torch.device("cpu")


def try_all_gpus() -> list[torch.device]:
    devices = [torch.device(f"cuda:{i}") for i in range(torch.cuda.device_count())]
    return devices if devices else [torch.device("cpu")]


def save_parameters(net: nn.Module, path: str) -> None:
    torch.save(net.state_dict(), path)


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    state = torch.load(path, map_location=device)
    net.load_state_dict(state)
    return net.to(device)
