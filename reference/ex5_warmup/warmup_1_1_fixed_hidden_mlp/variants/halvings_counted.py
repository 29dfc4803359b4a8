"""Counts how often to halve, and divides once."""

import torch
from torch import nn


class FixedHiddenMLP(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear = nn.Linear(width, width)
        self.rand_weight = nn.Buffer(torch.empty(width, width).uniform_())
        self.activation = nn.ReLU()

    def forward(self, X):
        hidden = self.activation(torch.einsum("...i,ij->...j", self.linear(X), self.rand_weight) + 1.0)
        out = self.linear(hidden)
        norm, times = float(out.detach().abs().sum()), 0
        while norm > 1:
            norm, times = norm / 2, times + 1
        return (out * 0.5**times).sum()
