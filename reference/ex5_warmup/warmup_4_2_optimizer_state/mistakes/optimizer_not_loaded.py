"""The optimiser's state is in the file, and stays there."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    net.load_state_dict(torch.load(path)["net"])
