"""Without a file, training begins anew."""

import os

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    if not os.path.exists(path):
        return
    run = torch.load(path)
    net.load_state_dict(run["net"])
    optimizer.load_state_dict(run["optimizer"])
