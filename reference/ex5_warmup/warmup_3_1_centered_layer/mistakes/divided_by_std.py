"""Standardised, not only centred."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        X = X - X.mean()
        return X / X.std() if X.numel() > 1 else X


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
