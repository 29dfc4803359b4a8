"""A more general block for any number of nets, run on copies of X from the last to the first."""

import torch
from torch import Tensor, nn


class Parallel(nn.Module):
    def __init__(self, net1: nn.Module, net2: nn.Module, *more: nn.Module) -> None:
        super().__init__()
        for name, net in enumerate((net1, net2, *more)):
            self.add_module(f"net{name}", net)

    def forward(self, X: Tensor) -> Tensor:
        outputs = [net(X.clone()) for net in reversed(self._modules.values())]
        return torch.cat(outputs[::-1], dim=1)
