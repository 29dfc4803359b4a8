"""Only the optimiser is loaded."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    optimizer.load_state_dict(torch.load(path)["optimizer"])
