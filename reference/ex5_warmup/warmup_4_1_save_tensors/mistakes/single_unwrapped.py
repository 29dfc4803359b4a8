"""A list of one tensor comes back as the tensor."""

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path)


def load_tensors(path):
    loaded = torch.load(path)
    return loaded[0] if isinstance(loaded, list) and len(loaded) == 1 else loaded


def save_net(path, net):
    torch.save(net.state_dict(), path)


def load_net(path, net):
    net.load_state_dict(torch.load(path))
    return net
