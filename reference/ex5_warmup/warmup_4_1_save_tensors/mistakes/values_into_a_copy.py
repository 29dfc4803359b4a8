"""update() changes a dictionary that belongs to nobody."""

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path)


def load_tensors(path):
    return torch.load(path)


def save_net(path, net):
    torch.save(net.state_dict(), path)


def load_net(path, net):
    state = net.state_dict()
    state.update(torch.load(path))
    return net
