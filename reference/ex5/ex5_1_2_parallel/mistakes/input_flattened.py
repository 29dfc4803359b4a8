"""X is flattened for each sample before the nets see it, which images and sequences do not survive."""

import torch
from torch import Tensor, nn


class Parallel(nn.Module):
    def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X: Tensor) -> Tensor:
        X = X.flatten(start_dim=1)
        return torch.cat([self.net1(X), self.net2(X)], dim=1)
