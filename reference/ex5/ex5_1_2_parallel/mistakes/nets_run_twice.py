"""Every net runs once to measure its width and again to fill the output."""

from torch import Tensor, nn


class Parallel(nn.Module):
    def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X: Tensor) -> Tensor:
        width = self.net1(X).shape[1]
        total = width + self.net2(X).shape[1]
        shape = self.net1(X).shape
        output = self.net1(X).new_empty(shape[0], total, *shape[2:])
        output[:, :width] = self.net1(X)
        output[:, width:] = self.net2(X)
        return output
