"""Unpacks two tensors from a list, as in the book."""

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path)


def load_tensors(path):
    loaded = torch.load(path)
    if isinstance(loaded, list):
        x, y = loaded
        return [x, y]
    return loaded


def save_net(path, net):
    torch.save(net.state_dict(), path)


def load_net(path, net):
    net.load_state_dict(torch.load(path))
    return net
