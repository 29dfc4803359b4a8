"""Computes in float32, whatever comes in."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        X = X.float()
        return X - X.mean()


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
