"""Warm-up 3.3: layers that keep their parameters in a list, and in a dictionary."""

from torch import Tensor, nn


class ListDense(nn.Module):
    """Multiplies its input with one matrix after another.

    `weights` holds them in their order: number i is an `nn.Parameter` of shape
    (widths[i], widths[i + 1]), in the default dtype, drawn at random and different from all others. In
    `named_parameters()` it is called ``weights.i``, such as ``weights.0``. There are no other
    parameters.

    Example::

        layer = ListDense([4, 4, 1])
        [name for name, _ in layer.named_parameters()]  # ['weights.0', 'weights.1']
        layer(torch.rand(2, 4)).shape  # torch.Size([2, 1])
    """

    def __init__(self, widths: list[int]) -> None:
        """Make a layer of ``len(widths) - 1`` matrices; `widths` has at least two numbers and is not changed."""
        super().__init__()
        raise NotImplementedError

    def forward(self, X: Tensor) -> Tensor:
        """Return X weights[0] weights[1] ...: (..., widths[0]) becomes (..., widths[-1])."""
        raise NotImplementedError


class DictDense(nn.Module):
    """Multiplies its input with the matrix that the caller chooses.

    `weights` holds the matrices by name: each is an `nn.Parameter` of shape (in_units, units), in the
    default dtype, drawn at random and different from all others. In `named_parameters()` the one
    called ``"first"`` is ``weights.first``. There are no other parameters.

    Example::

        layer = DictDense(4, {"first": 4, "second": 1})
        layer(torch.rand(2, 4), "second").shape  # torch.Size([2, 1])
    """

    def __init__(self, in_units: int, units: dict[str, int]) -> None:
        """Make a layer with one matrix for each name in `units`, of that many columns.

        Names are identifiers, such as ``"linear1"``. `units` may be empty and is not changed.
        """
        super().__init__()
        raise NotImplementedError

    def forward(self, X: Tensor, choice: str) -> Tensor:
        """Return X weights[choice]: (..., in_units) becomes (..., units[choice]).

        Raises:
            Exception: of any class, if there is no matrix of that name.
        """
        raise NotImplementedError

    def add(self, name: str, units: int) -> None:
        """Add a matrix of shape (in_units, units) under a name that is new; the others stay what they are."""
        raise NotImplementedError
