"""Relies on strict load_state_dict alone: it raises, but has copied by then what fits."""

import torch
from torch import nn


def save_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    checkpoint = torch.load(path, weights_only=True)
    net.load_state_dict(checkpoint["net"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]


REASONS = {"resume_after_crash", "go_back_to_best_epoch", "share_and_reproduce", "start_of_fine_tuning"}
