"""MySequential names a block after its class, so that a second Linear takes the place of the first."""

from torch import Tensor, nn


class MySequential(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        for block in blocks:
            self.add_module(type(block).__name__.lower(), block)

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


LOST_IN_A_LIST: set[str] = {"parameters", "state_dict", "to", "train", "apply", "children"}
