"""Finds out whether a GPU is there by using it."""

import torch
from torch import nn


def try_gpu(i: int = 0) -> torch.device:
    try:
        torch.zeros(1).cuda(i)
    except (AssertionError, RuntimeError):
        return torch.device("cpu")
    return torch.device(f"cuda:{i}")


def try_all_gpus() -> list[torch.device]:
    gpus = []
    while try_gpu(len(gpus)).type == "cuda":
        gpus.append(try_gpu(len(gpus)))
    return gpus if gpus else [try_gpu()]


def save_parameters(net: nn.Module, path: str) -> None:
    torch.save(net.state_dict(), path)


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    net.to(device)
    net.load_state_dict(torch.load(path, map_location=device))
    return net
