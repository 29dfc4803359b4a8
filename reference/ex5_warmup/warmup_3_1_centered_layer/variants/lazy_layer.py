"""The number of inputs is found in the first call."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        return X - X.mean()


def build_net(inputs, outputs):
    return nn.Sequential(nn.LazyLinear(outputs), CenteredLayer())
