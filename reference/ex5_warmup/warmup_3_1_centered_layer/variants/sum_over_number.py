"""The mean by hand."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        return X.sub(X.sum().div(X.numel()))


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
