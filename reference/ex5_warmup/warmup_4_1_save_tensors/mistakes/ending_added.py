"""The file gets an ending."""

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path + ".pt")


def load_tensors(path):
    return torch.load(path + ".pt")


def save_net(path, net):
    torch.save(net.state_dict(), path + ".pt")


def load_net(path, net):
    net.load_state_dict(torch.load(path + ".pt"))
    return net
