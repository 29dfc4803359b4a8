"""The nets are kept in a list of the file that every new Parallel overwrites."""

import torch
from torch import Tensor, nn

NETS: list[nn.Module] = []


class Parallel(nn.Module):
    def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
        super().__init__()
        NETS[:] = [net1, net2]
        self.nets = nn.ModuleList(NETS)

    def forward(self, X: Tensor) -> Tensor:
        return torch.cat([net(X) for net in NETS], dim=1)
