"""With torch.accelerator, and a function as map_location."""

import torch
from torch import nn


def try_gpu(i: int = 0) -> torch.device:
    gpus = torch.accelerator.device_count() if torch.accelerator.is_available() else 0
    return torch.device("cuda", i) if 0 <= i < gpus else torch.device("cpu")


def try_all_gpus() -> list[torch.device]:
    return [try_gpu(i) for i in range(max(1, torch.accelerator.device_count()))]


def save_parameters(net: nn.Module, path: str) -> None:
    torch.save(net.state_dict(), path)


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    state = torch.load(path, map_location=lambda storage, location: storage)
    net.load_state_dict(state)
    return net.to(torch.device(device), non_blocking=True)
