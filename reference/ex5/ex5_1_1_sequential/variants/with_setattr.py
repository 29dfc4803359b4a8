"""Blocks as attributes named 0, 1, ...: setattr registers a module under any name.

The list version builds its list by appending.
"""

from torch import Tensor, nn


class MySequential(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.count = len(blocks)
        for index, block in enumerate(blocks):
            setattr(self, str(index), block)

    def forward(self, X: Tensor) -> Tensor:
        for index in range(self.count):
            X = getattr(self, str(index))(X)
        return X


class MySequentialList(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.hidden = []
        for block in blocks:
            self.hidden.append(block)

    def forward(self, X: Tensor) -> Tensor:
        for block in self.hidden:
            X = block(X)
        return X


LOST_IN_A_LIST: set[str] = {"parameters", "state_dict", "to", "train", "apply", "children"}
