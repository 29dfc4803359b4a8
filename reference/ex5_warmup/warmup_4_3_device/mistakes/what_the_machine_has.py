"""Asks whether there is a GPU, not where the thing is."""

import torch


def device_of(thing):
    return torch.device("cuda:0" if torch.cuda.is_available() else "cpu")


def to_device(thing, device):
    return thing.to(device)


def add_on_device_of(X, Y):
    return X + Y.to(X.device)
