"""MySequentialList stores its list as self.children, and hides a method that to() and eval() call."""

from torch import Tensor, nn


class MySequential(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        for index, block in enumerate(blocks):
            self.add_module(str(index), block)

    def forward(self, X: Tensor) -> Tensor:
        for block in self._modules.values():
            X = block(X)
        return X


class MySequentialList(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.children = list(blocks)

    def forward(self, X: Tensor) -> Tensor:
        for block in self.children:
            X = block(X)
        return X


LOST_IN_A_LIST: set[str] = {"parameters", "state_dict", "to", "train", "apply", "children"}
