"""A list comes back as a tuple."""

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path)


def load_tensors(path):
    loaded = torch.load(path)
    return tuple(loaded) if isinstance(loaded, list) else loaded


def save_net(path, net):
    torch.save(net.state_dict(), path)


def load_net(path, net):
    net.load_state_dict(torch.load(path))
    return net
