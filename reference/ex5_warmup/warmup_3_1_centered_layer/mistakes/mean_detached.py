"""The mean counts as a constant."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        return X - X.detach().mean()


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
