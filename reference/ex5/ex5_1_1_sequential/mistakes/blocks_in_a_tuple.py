"""MySequential keeps the tuple *blocks as it comes: a tuple hides modules just as a list does."""

from torch import Tensor, nn


class MySequential(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.blocks = blocks

    def forward(self, X: Tensor) -> Tensor:
        for block in self.blocks:
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
