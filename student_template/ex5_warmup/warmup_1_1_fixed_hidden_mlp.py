"""Warm-up 1.1: a net with a hidden layer that never learns, and with control flow in forward."""

from torch import Tensor, nn


class FixedHiddenMLP(nn.Module):
    """One linear layer, used twice, and between the two uses a layer of constant weights.

    It has two attributes that others may rely on:

    - `linear`: nn.Linear(width, width), all that the net learns.
    - `rand_weight`: a tensor of shape (width, width), drawn uniformly from [0, 1) when the net is made. It is no
      parameter and never changes, but it belongs to the net: it is in state_dict(), and to() converts it.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        raise NotImplementedError("make the linear layer and the constant weights")

    def forward(self, X: Tensor) -> Tensor:
        """Return a single number, as a tensor of shape ().

        H is, in this order: linear(X); relu(H @ rand_weight + 1); linear(H), the same layer again. Then, while the
        sum of the absolute values of H is greater than 1, H is halved. What comes back is the sum of H.

        X has width `width` in its last dimension; there may be none, one or several dimensions before it. X itself
        is not changed. Gradients reach X and `linear`, through both of its uses.
        """
        raise NotImplementedError("linear, constant layer, linear again, halve, sum")
