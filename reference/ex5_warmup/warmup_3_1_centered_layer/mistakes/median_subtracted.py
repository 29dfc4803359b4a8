"""The median for the mean."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        return X - X.median()


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
