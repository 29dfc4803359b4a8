"""Cuts the last dimension, but reads the length from dimension 1, as with matrices."""

import torch
from torch import nn


class FourierLayer(nn.Module):
    def __init__(self):
        super().__init__()

    def forward(self, X):
        return torch.fft.fft(X)[..., : X.shape[1] // 2 + 1]
