"""Warm-up 1.2: layers in an nn.ModuleList, and what becomes of those in a plain list."""

from collections.abc import Sequence

from torch import Tensor, nn


class ListMLP(nn.Module):
    """A chain of linear layers, with a ReLU between each two and none after the last.

    `widths` holds at least two numbers: that of the inputs, then that of the outputs of each layer. The linear
    layers, and nothing else, are in an nn.ModuleList called `layers`, in their order.

    Example:
        net = ListMLP([20, 64, 10])
        net.append(3)
        net(torch.rand(2, 20)).shape      # torch.Size([2, 3])
    """

    def __init__(self, widths: Sequence[int]) -> None:
        super().__init__()
        raise NotImplementedError("make the layers")

    def append(self, width: int) -> None:
        """Add a new linear layer with `width` outputs behind the last one. The layers that are there stay."""
        raise NotImplementedError("make one more layer")

    def forward(self, X: Tensor) -> Tensor:
        """Return what the layers make of X, whose last dimension is as wide as the first layer. X is not changed."""
        raise NotImplementedError("run the layers one after the other")


def register_lists(module: nn.Module) -> list[str]:
    """Turn the module's plain lists of modules into nn.ModuleLists, and return the names of these attributes.

    An attribute of `module` counts if it is a list that is not empty and holds modules alone. Afterwards there is
    under its name an nn.ModuleList of the very same modules in the same order. The names come back in the order
    in which the attributes were set.

    All other attributes stay as they are, and the lists of the module's children are not looked at.
    """
    raise NotImplementedError("find the lists and replace them")
