"""Warm-up 4.2: save an optimiser together with its net, so that training can go on."""

import torch
from torch import nn


def save_run(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> None:
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> None:
    run = torch.load(path)
    net.load_state_dict(run["net"])
    optimizer.load_state_dict(run["optimizer"])
