"""Saving leaves the net in evaluation mode."""

import torch


def save_run(path, net, optimizer):
    net.eval()
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    run = torch.load(path)
    net.load_state_dict(run["net"])
    optimizer.load_state_dict(run["optimizer"])
