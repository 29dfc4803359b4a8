"""The state_dict is one entry among others."""

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path)


def load_tensors(path):
    return torch.load(path)


def save_net(path, net):
    torch.save({"net": net.state_dict(), "class": type(net).__name__}, path)


def load_net(path, net):
    net.load_state_dict(torch.load(path)["net"])
    return net
