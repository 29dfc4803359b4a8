"""Goes through NumPy because its FFT is familiar; the graph is cut on the way."""

import numpy as np
import torch
from torch import nn


class FourierLayer(nn.Module):
    def __init__(self):
        super().__init__()

    def forward(self, X):
        coefficients = np.fft.rfft(X.detach().numpy(), axis=-1)
        return torch.from_numpy(coefficients)
