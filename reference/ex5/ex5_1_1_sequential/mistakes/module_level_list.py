"""MySequentialList keeps its blocks in one list of the file, so that the module cannot see them."""

from torch import Tensor, nn

BLOCKS: list[nn.Module] = []


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
        BLOCKS.clear()
        BLOCKS.extend(blocks)

    def forward(self, X: Tensor) -> Tensor:
        for block in BLOCKS:
            X = block(X)
        return X


LOST_IN_A_LIST: set[str] = {"parameters", "state_dict", "to", "train", "apply", "children"}
