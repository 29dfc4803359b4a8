"""The file holds copies on the CPU, so that loading needs no map_location."""

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
    state = {name: tensor.detach().cpu() for name, tensor in net.state_dict().items()}
    torch.save(state, path)


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    net.load_state_dict(torch.load(path, weights_only=True))
    net.to(device)
    return net
