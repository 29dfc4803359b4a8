"""Stores the momentum buffers by hand; another optimiser keeps other things."""

import torch
from torch import nn


def save_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    velocity = [optimizer.state[p].get("momentum_buffer") for p in net.parameters()]
    lr = optimizer.param_groups[0]["lr"]
    torch.save({"net": net.state_dict(), "velocity": velocity, "lr": lr, "epoch": epoch}, path)


def load_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    checkpoint = torch.load(path, weights_only=True)
    shapes = {name: value.shape for name, value in checkpoint["net"].items()}
    if shapes != {name: value.shape for name, value in net.state_dict().items()}:
        raise ValueError("the checkpoint is of another architecture")
    net.load_state_dict(checkpoint["net"])
    for p, velocity in zip(net.parameters(), checkpoint["velocity"], strict=True):
        if velocity is not None:
            optimizer.state[p]["momentum_buffer"] = velocity
    for group in optimizer.param_groups:
        group["lr"] = checkpoint["lr"]
    return checkpoint["epoch"]


REASONS = {"resume_after_crash", "go_back_to_best_epoch", "share_and_reproduce", "start_of_fine_tuning"}
