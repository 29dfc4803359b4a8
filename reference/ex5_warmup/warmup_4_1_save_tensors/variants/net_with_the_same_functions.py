"""A state_dict is a dictionary of tensors like any other."""

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path)


def load_tensors(path):
    return torch.load(path)


def save_net(path, net):
    save_tensors(path, net.state_dict())


def load_net(path, net):
    net.load_state_dict(load_tensors(path))
    return net
