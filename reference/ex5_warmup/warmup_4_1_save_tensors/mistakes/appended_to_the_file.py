"""What was in the file stays in front."""

import pickle

import torch


def save_tensors(path, tensors):
    with open(path, "ab") as file:
        pickle.dump(tensors, file)


def load_tensors(path):
    with open(path, "rb") as file:
        return pickle.load(file)


def save_net(path, net):
    torch.save(net.state_dict(), path)


def load_net(path, net):
    net.load_state_dict(torch.load(path))
    return net
