"""The entries have other names."""

import torch


def save_run(path, net, optimizer):
    torch.save({"model": net.state_dict(), "optim": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    run = torch.load(path)
    net.load_state_dict(run["model"])
    optimizer.load_state_dict(run["optim"])
