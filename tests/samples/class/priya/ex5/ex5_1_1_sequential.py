import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *args):
        super().__init__()
        self.layers = []
        for module in args:
            self.layers.append(module)

    def forward(self, X):
        out = X
        for layer in self.layers:
            out = layer(out)
        return out


class MySequentialList(nn.Module):
    # isn't this the same as above?
    def __init__(self, *args):
        super().__init__()
        self.layers = []
        for module in args:
            self.layers.append(module)

    def forward(self, X):
        out = X
        for layer in self.layers:
            out = layer(out)
        return out


LOST_IN_A_LIST = {"parameters", "state_dict"}

net = MySequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
print(net(torch.rand(2, 20)).shape)
