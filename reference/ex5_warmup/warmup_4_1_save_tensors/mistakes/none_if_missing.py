"""A missing file gives None, or a net that is not loaded."""

import os

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path)


def load_tensors(path):
    return torch.load(path) if os.path.exists(path) else None


def save_net(path, net):
    torch.save(net.state_dict(), path)


def load_net(path, net):
    if os.path.exists(path):
        net.load_state_dict(torch.load(path))
    return net
