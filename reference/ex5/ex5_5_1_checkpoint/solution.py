"""Net, optimiser and epoch in one dictionary; on loading, look before writing."""

import torch
from torch import nn


def save_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    checkpoint = torch.load(path, weights_only=True)
    found = {name: value.shape for name, value in checkpoint["net"].items()}
    wanted = {name: value.shape for name, value in net.state_dict().items()}
    if found != wanted:
        raise ValueError(f"{path} is of another architecture: it holds {found}, the net needs {wanted}")
    net.load_state_dict(checkpoint["net"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]


REASONS = {"resume_after_crash", "go_back_to_best_epoch", "share_and_reproduce", "start_of_fine_tuning"}
