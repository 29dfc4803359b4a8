"""Writes the dictionary in which nn.Module keeps its children.

The answer is computed from all the words.
"""

from torch import Tensor, nn


class MySequential(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        for index, block in enumerate(blocks):
            self._modules[str(index)] = block

    def forward(self, X: Tensor) -> Tensor:
        for block in self._modules.values():
            X = block(X)
        return X


class MySequentialList(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X: Tensor) -> Tensor:
        for block in self.blocks:
            X = block(X)
        return X


WORDS = {"forward", "parameters", "state_dict", "to", "train", "apply", "children"}
LOST_IN_A_LIST: set[str] = WORDS - {"forward"}
