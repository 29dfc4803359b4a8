"""Stores Adam's two averages and forgets how many steps it has done, which its bias correction needs."""

import torch
from torch import nn


def save_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    state = optimizer.state_dict()
    state = {
        "state": {i: {k: v for k, v in s.items() if k != "step"} for i, s in state["state"].items()},
        "param_groups": state["param_groups"],
    }
    torch.save({"net": net.state_dict(), "optimizer": state, "epoch": epoch}, path)


def load_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    checkpoint = torch.load(path, weights_only=True)
    shapes = {name: value.shape for name, value in checkpoint["net"].items()}
    if shapes != {name: value.shape for name, value in net.state_dict().items()}:
        raise ValueError("the checkpoint is of another architecture")
    for state in checkpoint["optimizer"]["state"].values():
        if "exp_avg" in state:
            state["step"] = torch.tensor(0.0)
    net.load_state_dict(checkpoint["net"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]


REASONS = {"resume_after_crash", "go_back_to_best_epoch", "share_and_reproduce", "start_of_fine_tuning"}
