"""Saving empties the optimiser that is in training."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)
    optimizer.state.clear()


def load_run(path, net, optimizer):
    run = torch.load(path)
    net.load_state_dict(run["net"])
    optimizer.load_state_dict(run["optimizer"])
