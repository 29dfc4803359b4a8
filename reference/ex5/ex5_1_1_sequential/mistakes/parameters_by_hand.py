"""MySequential has a list and repairs parameters() by hand; SGD works, all the rest stays lost."""

from torch import Tensor, nn


class MySequential(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X: Tensor) -> Tensor:
        for block in self.blocks:
            X = block(X)
        return X

    def parameters(self, recurse: bool = True):
        for block in self.blocks:
            yield from block.parameters(recurse)


class MySequentialList(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X: Tensor) -> Tensor:
        for block in self.blocks:
            X = block(X)
        return X


LOST_IN_A_LIST: set[str] = {"parameters", "state_dict", "to", "train", "apply", "children"}
