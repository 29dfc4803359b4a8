"""Exercise 5.1.2: two nets side by side."""

import torch
from torch import Tensor, nn


class Parallel(nn.Module):
    """Runs two nets on the same input and joins their outputs along dimension 1."""

    def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X: Tensor) -> Tensor:
        return torch.cat([self.net1(X), self.net2(X)], dim=1)
