"""Inherits from nn.ModuleList, which names its children 0, 1, ... as nn.Sequential does.

The list is nested in another container, and the file runs a demonstration when it is imported.
"""

import torch
from torch import Tensor, nn


class MySequential(nn.ModuleList):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__(blocks)

    def forward(self, X: Tensor) -> Tensor:
        for index in range(len(self)):
            X = self[index](X)
        return X


class MySequentialList(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.state = {"blocks": list(blocks)}

    def forward(self, X: Tensor) -> Tensor:
        for block in self.state["blocks"]:
            X = block(X)
        return X


LOST_IN_A_LIST: set[str] = {"parameters", "state_dict", "to", "train", "apply", "children"}

torch.manual_seed(0)
print(MySequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))(torch.rand(2, 20)).shape)
