"""The optimiser has a file of its own."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict()}, path)
    torch.save({"optimizer": optimizer.state_dict()}, path + ".optimizer")


def load_run(path, net, optimizer):
    net.load_state_dict(torch.load(path)["net"])
    optimizer.load_state_dict(torch.load(path + ".optimizer")["optimizer"])
