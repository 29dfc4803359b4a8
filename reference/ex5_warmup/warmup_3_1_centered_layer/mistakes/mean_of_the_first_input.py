"""The mean of the first call is kept."""

from torch import nn


class CenteredLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.mean = None

    def forward(self, X):
        if self.mean is None:
            self.mean = X.mean()
        return X - self.mean


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
