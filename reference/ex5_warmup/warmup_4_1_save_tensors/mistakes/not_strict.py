"""What does not fit by name is passed over."""

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path)


def load_tensors(path):
    return torch.load(path)


def save_net(path, net):
    torch.save(net.state_dict(), path)


def load_net(path, net):
    net.load_state_dict(torch.load(path), strict=False)
    return net
