"""item() takes the mean out of the graph."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        return X - X.mean().item()


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
