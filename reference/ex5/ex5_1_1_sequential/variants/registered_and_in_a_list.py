"""Registers the blocks and also keeps them in a list, over which forward runs.

The list version inherits this forward.
"""

from torch import Tensor, nn


class MySequential(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.order = list(blocks)
        for index, block in enumerate(self.order):
            self.add_module(str(index), block)

    def forward(self, X: Tensor) -> Tensor:
        for block in self.order:
            X = block(X)
        return X


class MySequentialList(MySequential):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.order = list(blocks)


LOST_IN_A_LIST: set[str] = {"parameters", "state_dict", "to", "train", "apply", "children"}
