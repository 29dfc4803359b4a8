"""Exercise 5.1.1 - Anna."""

from torch import Tensor, nn


class MySequential(nn.Module):
    """Blocks one after the other; registered, so that nn.Module knows about them."""

    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        for index, block in enumerate(blocks):
            self.add_module(str(index), block)

    def forward(self, X: Tensor) -> Tensor:
        # not self.children(): that one skips a block which is in there twice
        for block in self._modules.values():
            X = block(X)
        return X


class MySequentialList(nn.Module):
    """Same thing with a plain list, to see what gets lost."""

    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X: Tensor) -> Tensor:
        for block in self.blocks:
            X = block(X)
        return X


# Only calling the net still works.
LOST_IN_A_LIST: set[str] = {"parameters", "state_dict", "to", "train", "apply", "children"}


if __name__ == "__main__":
    import torch

    layers = [nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10)]
    print(list(MySequential(*layers).state_dict()))
    print(list(MySequentialList(*layers).state_dict()))
    print(MySequential(*layers)(torch.rand(2, 20)).shape)
