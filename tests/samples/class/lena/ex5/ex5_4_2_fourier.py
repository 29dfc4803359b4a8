"""Exercise 5.4.2: a layer that returns the first half of the Fourier coefficients."""

import torch
from torch import nn


class FourierLayer(nn.Module):
    """Coefficients 0 ... n//2 of the discrete Fourier transform along the last dimension.

    The transform of a signal x of length n is

        c[k] = sum over t = 0 ... n-1 of  x[t] * exp(-2j * pi * k * t / n)

    with no factor in front. A real signal has c[n-k] equal to the conjugate of c[k], so that the
    coefficients 0 ... n//2 say everything about it.

    The layer has no parameters, and serves signals of any length, call after call.

    >>> FourierLayer()(torch.rand(4, 10)).shape
    torch.Size([4, 6])
    """

    def __init__(self) -> None:
        super().__init__()

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Transform every signal in X, each on its own.

        Args:
            X: real signals, shape (..., n): any number of dimensions in front, none included;
                float32 or float64. X itself is not changed.

        Returns:
            A complex tensor of shape (..., n//2 + 1); complex128 if X is float64. Gradients flow
            back through it to X.
        """
        raise NotImplementedError
