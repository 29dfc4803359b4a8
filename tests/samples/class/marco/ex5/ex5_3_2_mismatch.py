import torch
from torch import nn


def dimension_error(net, X):
    try:
        net(X)
    except RuntimeError as e:
        return str(e)


def first_mismatch(net, X):
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except RuntimeError:
            return index
