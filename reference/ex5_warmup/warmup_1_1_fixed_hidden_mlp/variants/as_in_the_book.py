"""Functions of nn.functional, and halving in place, which only touches a tensor of its own."""

import torch
from torch import nn
from torch.nn import functional as F


class FixedHiddenMLP(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.register_buffer("rand_weight", torch.rand((width, width)))
        self.linear = nn.Linear(width, width)

    def forward(self, X):
        X = self.linear(X)
        X = F.relu(torch.matmul(X, self.rand_weight) + 1)
        X = self.linear(X)
        while torch.linalg.vector_norm(X, 1) > 1:
            X /= 2
        return X.sum()
