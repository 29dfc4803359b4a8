"""The first group's learning rate goes to all groups."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    run = torch.load(path)
    net.load_state_dict(run["net"])
    optimizer.load_state_dict(run["optimizer"])
    for group in optimizer.param_groups:
        group["lr"] = optimizer.param_groups[0]["lr"]
