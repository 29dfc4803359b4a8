"""Homework ex5, Fatima"""
import math

import torch
from torch import nn


class FourierLayer(nn.Module):
    """By the definition, as a matrix product."""

    def forward(self, X):
        n = X.shape[-1]
        t = torch.arange(n, dtype=X.dtype).reshape(-1, 1)
        k = torch.arange(n // 2 + 1, dtype=X.dtype).reshape(1, -1)
        angle = 2 * math.pi * t * k / n
        return torch.complex(X @ torch.cos(angle), -(X @ torch.sin(angle)))
