"""The linear layer is shut off from training."""

from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        return X - X.mean()


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs).requires_grad_(False), CenteredLayer())
