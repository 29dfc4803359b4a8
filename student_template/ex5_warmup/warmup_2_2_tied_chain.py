"""Warm-up 2.2: a chain in which one weight is used many times, and what each use adds to its gradient."""

from torch import Tensor, nn


class TiedChain(nn.Module):
    """One linear layer of a single weight, used several times in a row, each time followed by tanh.

    It has two attributes that others may rely on:

    - `shared`: nn.Linear(1, 1, bias=False), the only layer, and so the only parameter.
    - `uses`: how often it is used, at least 1.
    """

    def __init__(self, uses: int) -> None:
        super().__init__()
        raise NotImplementedError("one layer, and how often to use it")

    def forward(self, X: Tensor) -> Tensor:
        """Return tanh(shared(...tanh(shared(X))...)), with `uses` uses of the layer.

        X has any number of dimensions, the last of size 1. It is not changed, and gradients reach it.
        """
        raise NotImplementedError("use the layer again and again")


def contributions(net: TiedChain, X: Tensor) -> Tensor:
    """Return what each use of the shared weight adds to the gradient of net(X).sum(), the first use first.

    The use next to the input is the first. What a use adds is the derivative with respect to the weight at this
    one place, as if it were a weight of its own, while all others stay as they are.

    The result has shape (net.uses,) and the weight's dtype. Its sum is the gradient that back-propagation gives.
    The net stays as it is, with its gradients, and so does X.
    """
    raise NotImplementedError("what if every use had a weight of its own?")
