"""X is turned into float32 first, to be safe from whole numbers, which is just what an embedding needs."""

import torch
from torch import Tensor, nn


class Parallel(nn.Module):
    def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X: Tensor) -> Tensor:
        X = X.float()
        return torch.cat([self.net1(X), self.net2(X)], dim=1)
