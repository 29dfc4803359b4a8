"""Exercise 5.6.2: read and write parameters on a GPU."""

import torch
from torch import nn


def try_gpu(i: int = 0) -> torch.device:
    """Return GPU number `i` if this machine has it, otherwise the CPU."""
    if i < torch.cuda.device_count():
        return torch.device("cuda", i)
    return torch.device("cpu")


def try_all_gpus() -> list[torch.device]:
    """Return all GPUs of this machine, in order, or the CPU alone if it has none."""
    gpus = [torch.device("cuda", i) for i in range(torch.cuda.device_count())]
    return gpus or [torch.device("cpu")]


def save_parameters(net: nn.Module, path: str) -> None:
    """Write all parameters and buffers of `net` to the file `path`."""
    torch.save(net.state_dict(), path)


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    """Fill `net` with what `save_parameters` wrote to `path`, on `device`, and return `net` itself."""
    net.to(device)
    net.load_state_dict(torch.load(path, map_location=device))
    return net
