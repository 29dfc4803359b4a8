"""Only the net is saved and loaded."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict()}, path)


def load_run(path, net, optimizer):
    net.load_state_dict(torch.load(path)["net"])
