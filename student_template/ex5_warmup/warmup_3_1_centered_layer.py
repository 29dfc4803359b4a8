"""Warm-up 3.1: a layer without parameters, and a net that ends in it."""

from torch import Tensor, nn


class CenteredLayer(nn.Module):
    """Subtracts from its input the mean of all its numbers.

    It has no parameters and no buffers, and keeps nothing from one call to the next.

    Example::

        CenteredLayer()(torch.tensor([1.0, 2.0, 6.0]))  # tensor([-2., -1., 3.])
    """

    def forward(self, X: Tensor) -> Tensor:
        """Return X minus the mean of all numbers in X: one mean, whatever the shape.

        Args:
            X: floating-point numbers in any shape, at least one; not changed.

        Returns:
            A new tensor of the shape and dtype of X. Gradients go back along every use of X, the one
            in the mean as well.
        """
        raise NotImplementedError


def build_net(inputs: int, outputs: int) -> nn.Module:
    """Return a new net: a linear layer with a bias, and a CenteredLayer behind it.

    Its parameters are those of the linear layer, a weight of shape (outputs, inputs) and a bias of
    shape (outputs,). Every call builds a net of its own.

    Example::

        net = build_net(8, 128)
        net(torch.rand(4, 8)).mean()  # practically 0
    """
    raise NotImplementedError
