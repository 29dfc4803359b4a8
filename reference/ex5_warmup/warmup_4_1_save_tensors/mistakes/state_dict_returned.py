"""The state_dict is read and returned, the net is as it was."""

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path)


def load_tensors(path):
    return torch.load(path)


def save_net(path, net):
    torch.save(net.state_dict(), path)


def load_net(path, net):
    return torch.load(path)
