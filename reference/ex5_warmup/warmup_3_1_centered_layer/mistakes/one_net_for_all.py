"""Nets of the same sizes are built once."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        return X - X.mean()


NETS = {}


def build_net(inputs, outputs):
    if (inputs, outputs) not in NETS:
        NETS[inputs, outputs] = nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
    return NETS[inputs, outputs]
