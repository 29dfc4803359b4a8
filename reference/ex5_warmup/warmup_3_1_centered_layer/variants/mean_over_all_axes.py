"""A mean over all axes by their numbers."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        axes = tuple(range(X.dim()))
        return X - (X.mean(dim=axes, keepdim=True) if axes else X)


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
