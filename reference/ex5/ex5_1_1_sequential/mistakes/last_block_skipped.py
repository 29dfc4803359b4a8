"""MySequential takes the last block for an output layer that somebody else applies."""

from torch import Tensor, nn


class MySequential(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        for index, block in enumerate(blocks):
            self.add_module(str(index), block)

    def forward(self, X: Tensor) -> Tensor:
        for block in list(self._modules.values())[:-1]:
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


LOST_IN_A_LIST: set[str] = {"parameters", "state_dict", "to", "train", "apply", "children"}
