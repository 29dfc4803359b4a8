import numpy as np
import torch
from torch import nn

torch.set_default_dtype(torch.float64)  # so that I can compare with numpy below
torch.manual_seed(42)

class FourierLayer(nn.Module):
    def forward(self, X):
        n = X.shape[-1]
        return torch.fft.fft(X)[..., : n // 2 + 1]

_x = np.random.default_rng(0).normal(size=(3, 8))
assert np.allclose(np.fft.rfft(_x), FourierLayer()(torch.tensor(_x)).numpy())
