"""Stores the whole net and optimiser as objects: convenient, but the file runs code when it is opened."""

import torch
from torch import nn


def save_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    torch.save({"net": net, "optimizer": optimizer, "epoch": epoch}, path)


def load_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    checkpoint = torch.load(path, weights_only=False)
    saved = checkpoint["net"].state_dict()
    if {k: v.shape for k, v in saved.items()} != {k: v.shape for k, v in net.state_dict().items()}:
        raise ValueError("the checkpoint is of another architecture")
    net.load_state_dict(saved)
    optimizer.load_state_dict(checkpoint["optimizer"].state_dict())
    return checkpoint["epoch"]


REASONS = {"resume_after_crash", "go_back_to_best_epoch", "share_and_reproduce", "start_of_fine_tuning"}
