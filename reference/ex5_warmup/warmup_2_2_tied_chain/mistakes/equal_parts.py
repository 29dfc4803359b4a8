"""The gradient is divided equally among the uses."""

import torch
from torch import Tensor, nn


class TiedChain(nn.Module):
    def __init__(self, uses: int) -> None:
        super().__init__()
        self.shared = nn.Linear(1, 1, bias=False)
        self.uses = uses

    def forward(self, X: Tensor) -> Tensor:
        for _ in range(self.uses):
            X = torch.tanh(self.shared(X))
        return X


def contributions(net: TiedChain, X: Tensor) -> Tensor:
    (gradient,) = torch.autograd.grad(net(X).sum(), [net.shared.weight])
    return gradient.flatten().expand(net.uses) / net.uses
