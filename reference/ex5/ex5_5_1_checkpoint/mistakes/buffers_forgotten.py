"""Stores named_parameters(), which leaves out the running statistics of batch normalisation."""

import torch
from torch import nn


def save_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    parameters = {name: p.detach() for name, p in net.named_parameters()}
    torch.save({"net": parameters, "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    checkpoint = torch.load(path, weights_only=True)
    own = dict(net.named_parameters())
    if {k: v.shape for k, v in checkpoint["net"].items()} != {k: p.shape for k, p in own.items()}:
        raise ValueError("the checkpoint is of another architecture")
    with torch.no_grad():
        for name, p in own.items():
            p.copy_(checkpoint["net"][name])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]


REASONS = {"resume_after_crash", "go_back_to_best_epoch", "share_and_reproduce", "start_of_fine_tuning"}
