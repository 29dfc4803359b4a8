"""The name of the file is fixed."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, "run.pt")


def load_run(path, net, optimizer):
    run = torch.load("run.pt")
    net.load_state_dict(run["net"])
    optimizer.load_state_dict(run["optimizer"])
