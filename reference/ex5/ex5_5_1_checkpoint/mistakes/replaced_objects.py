"""Binds the local names to the objects from the file; the caller's net and optimiser never hear of it."""

import torch
from torch import nn


def save_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    torch.save({"net": net, "optimizer": optimizer, "epoch": epoch}, path)


def load_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    checkpoint = torch.load(path, weights_only=False)
    net = checkpoint["net"]  # noqa: F841
    optimizer = checkpoint["optimizer"]  # noqa: F841
    return checkpoint["epoch"]


REASONS = {"resume_after_crash", "go_back_to_best_epoch", "share_and_reproduce", "start_of_fine_tuning"}
