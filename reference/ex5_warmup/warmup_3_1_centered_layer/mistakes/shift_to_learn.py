"""A shift that an optimiser would train."""

import torch
from torch import nn


class CenteredLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.shift = nn.Parameter(torch.zeros(()))

    def forward(self, X):
        return X - X.mean() + self.shift


def build_net(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), CenteredLayer())
