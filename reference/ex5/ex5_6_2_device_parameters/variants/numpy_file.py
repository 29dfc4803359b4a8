"""An archive of NumPy arrays, which knows nothing of devices."""

import numpy as np
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
    arrays = {name: tensor.cpu().numpy() for name, tensor in net.state_dict().items()}
    np.savez(path, **arrays)


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    net.to(device)
    with np.load(path + ".npz") as arrays:
        net.load_state_dict({name: torch.from_numpy(arrays[name]) for name in arrays.files})
    return net
