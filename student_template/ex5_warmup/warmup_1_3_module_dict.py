"""Warm-up 1.3: nets in an nn.ModuleDict, one of which is chosen by its key in every call."""

from torch import Tensor, nn


class Chooser(nn.Module):
    """Holds several nets, and runs the one that is asked for.

    The nets are in an nn.ModuleDict called `branches`, under their keys and in their order. They are the very nets
    that were passed in. The dict belongs to the caller: it is not changed, and what becomes of it later does not
    matter.

    Example:
        net = Chooser({"wide": nn.Linear(4, 9), "narrow": nn.Linear(4, 2)})
        net(torch.rand(3, 4), "narrow").shape      # torch.Size([3, 2])
    """

    def __init__(self, branches: dict[str, nn.Module]) -> None:
        super().__init__()
        raise NotImplementedError("keep the nets by their keys")

    def keys(self) -> list[str]:
        """Return the keys as a list, in the order in which they were given."""
        raise NotImplementedError("list the keys")

    def forward(self, X: Tensor, key: str) -> Tensor:
        """Return what the net called `key` makes of X. No other net runs.

        Raises:
            KeyError: if there is no net of that name.
        """
        raise NotImplementedError("run the net that is asked for")

    def route(self, X: Tensor, keys: list[str]) -> Tensor:
        """Return, row by row, what the net called keys[i] makes of row i of X.

        A row is one sample: a vector, an image, a sequence. There are as many keys as rows, at least one, and all
        nets give outputs of one shape. The rows of the result are in the order of those of X, and gradients reach X
        and the nets. Nets take samples in batches; how many of them together is free.

        Raises:
            KeyError: if there is no net of one of these names.
        """
        raise NotImplementedError("send each row through its net")
