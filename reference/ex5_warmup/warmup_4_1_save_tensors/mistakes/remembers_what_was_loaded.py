"""A file is read once and then remembered."""

import torch

LOADED = {}


def save_tensors(path, tensors):
    LOADED.pop(path, None)
    torch.save(tensors, path)


def load_tensors(path):
    if path not in LOADED:
        LOADED[path] = torch.load(path)
    return LOADED[path]


def save_net(path, net):
    torch.save(net.state_dict(), path)


def load_net(path, net):
    net.load_state_dict(torch.load(path))
    return net
