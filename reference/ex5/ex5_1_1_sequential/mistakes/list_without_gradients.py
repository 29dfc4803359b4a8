"""The list version runs without gradients, since it is said not to learn."""

import torch
from torch import Tensor, nn


class MySequential(nn.Module):
    """Applies its blocks one after the other, and registers them under "0", "1", ..."""

    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        for index, block in enumerate(blocks):
            self.add_module(str(index), block)

    def forward(self, X: Tensor) -> Tensor:
        # children() would leave out a block that was given twice.
        for block in self._modules.values():
            X = block(X)
        return X


class MySequentialList(nn.Module):
    """Computes the same, with blocks that the module does not know about."""

    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X: Tensor) -> Tensor:
        with torch.no_grad():
            for block in self.blocks:
                X = block(X)
        return X


LOST_IN_A_LIST: set[str] = {"parameters", "state_dict", "to", "train", "apply", "children"}
