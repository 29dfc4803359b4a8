"""In evaluation mode nothing happens, as with dropout."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        return X - X.mean() if self.training else X + 0


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
