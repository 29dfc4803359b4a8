"""register_module instead of its older name, and get_submodule to find the blocks again."""

from functools import reduce

from torch import Tensor, nn


class MySequential(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.names = [str(index) for index in range(len(blocks))]
        for name, block in zip(self.names, blocks, strict=True):
            self.register_module(name, block)

    def forward(self, X: Tensor) -> Tensor:
        for name in self.names:
            X = self.get_submodule(name)(X)
        return X


class MySequentialList(nn.Module):
    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self._blocks = [*blocks]

    def forward(self, X: Tensor) -> Tensor:
        return reduce(lambda output, block: block(output), self._blocks, X)


LOST_IN_A_LIST: set[str] = {"parameters", "state_dict", "to", "train", "apply", "children"}
