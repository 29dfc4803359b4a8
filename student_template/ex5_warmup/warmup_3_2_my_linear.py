"""Warm-up 3.2: a fully connected layer with parameters of its own."""

from torch import Tensor, nn


class MyLinear(nn.Module):
    """A linear layer with a ReLU behind it, written without PyTorch's own linear layers.

    It has two parameters and nothing else: `weight` of shape (in_units, units) and `bias` of shape
    (units,). Both are `nn.Parameter`, in the default dtype, and an optimiser can train them. The
    weight begins with numbers drawn from the standard normal distribution, anew for every layer. What
    the bias begins with is up to you.

    Example::

        layer = MyLinear(5, 3)
        layer.weight.shape  # torch.Size([5, 3])
        layer(torch.rand(2, 5)).shape  # torch.Size([2, 3])
    """

    def __init__(self, in_units: int, units: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, X: Tensor) -> Tensor:
        """Return ReLU(X weight + bias), with what the parameters are at the time of the call.

        Args:
            X: of shape (..., in_units), such as one vector, a batch or sequences, in the dtype of the
                parameters; not changed.

        Returns:
            A tensor of shape (..., units). Gradients reach X, `weight` and `bias`.
        """
        raise NotImplementedError
