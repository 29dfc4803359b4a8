"""The net is only a linear layer."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        return X - X.mean()


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs))
