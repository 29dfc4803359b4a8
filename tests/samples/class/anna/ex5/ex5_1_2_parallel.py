"""Exercise 5.1.2 - Anna."""

import torch
from torch import Tensor, nn


class Parallel(nn.Module):
    """Two nets side by side."""

    def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X: Tensor) -> Tensor:
        return torch.cat((self.net1(X), self.net2(X)), dim=1)


if __name__ == "__main__":
    print(Parallel(nn.Linear(10, 12), nn.Linear(10, 24))(torch.rand(2, 10)).shape)
