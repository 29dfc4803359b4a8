"""net2 runs on the output of net1, as in a Sequential."""

from torch import Tensor, nn


class Parallel(nn.Module):
    def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X: Tensor) -> Tensor:
        return self.net2(self.net1(X))
