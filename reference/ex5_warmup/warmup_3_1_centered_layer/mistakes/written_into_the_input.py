"""The mean is subtracted in place."""

import torch
from torch import nn


class CenteredLayer(nn.Module):
    def forward(self, X):
        with torch.no_grad():
            X.data.sub_(X.mean())
        return X


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
