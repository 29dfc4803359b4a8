"""The file gets its name only when it is complete; a tuple in the old file format."""

import os

import torch
from torch import nn


def save_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    parts = (epoch, list(net.state_dict().items()), optimizer.state_dict(), torch.get_rng_state())
    torch.save(parts, path + ".part", _use_new_zipfile_serialization=False)
    os.replace(path + ".part", path)


def load_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    epoch, items, state, _ = torch.load(path, map_location="cpu", weights_only=True)
    values = dict(items)
    own = net.state_dict()
    if values.keys() != own.keys() or any(values[name].shape != own[name].shape for name in own):
        raise RuntimeError(f"{path} belongs to another net")
    with torch.no_grad():
        for name, tensor in own.items():
            tensor.copy_(values[name])
    optimizer.load_state_dict(state)
    return int(epoch)


REASONS = frozenset(
    ["start_of_fine_tuning", "share_and_reproduce", "resume_after_crash", "go_back_to_best_epoch"]
)
