"""The list of all GPUs is empty on a machine without any, so that a loop over it does nothing."""

import torch
from torch import nn


def try_gpu(i: int = 0) -> torch.device:
    if i < torch.cuda.device_count():
        return torch.device("cuda", i)
    return torch.device("cpu")


def try_all_gpus() -> list[torch.device]:
    return [torch.device("cuda", i) for i in range(torch.cuda.device_count())]


def save_parameters(net: nn.Module, path: str) -> None:
    torch.save(net.state_dict(), path)


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    net.to(device)
    net.load_state_dict(torch.load(path, map_location=device))
    return net
