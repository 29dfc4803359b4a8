"""net2 runs under no_grad, as if it were a fixed extractor of features."""

import torch
from torch import Tensor, nn


class Parallel(nn.Module):
    def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X: Tensor) -> Tensor:
        first = self.net1(X)
        with torch.no_grad():
            second = self.net2(X)
        return torch.cat([first, second], dim=1)
