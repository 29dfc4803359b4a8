import torch
from torch import nn


class FourierLayer(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X)
