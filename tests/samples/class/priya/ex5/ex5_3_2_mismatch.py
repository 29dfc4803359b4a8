import torch
from torch import nn


def dimension_error(net, X):
    try:
        net(X)
        return None
    except Exception as e:
        return str(e)


def first_mismatch(net, X):
    out = X
    for i in range(len(net)):
        try:
            out = net[i](out)
        except Exception:
            return i
    return None


net = nn.Sequential(nn.Linear(20, 16), nn.ReLU(), nn.Linear(32, 10))
print(dimension_error(net, torch.rand(2, 20)))
print(first_mismatch(net, torch.rand(2, 20)))
