"""The layer stands in front of the linear one."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        return X - X.mean()


def build_net(inputs, outputs):
    return nn.Sequential(CenteredLayer(), nn.Linear(inputs, outputs))
