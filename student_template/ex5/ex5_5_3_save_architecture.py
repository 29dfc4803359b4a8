"""Exercise 5.5.3: save the architecture of a net together with its parameters."""

import torch
from torch import nn


class MLP(nn.Module):
    """Given: 20 inputs, one hidden layer of 256, 10 outputs."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(20, 256)
        self.output = nn.Linear(256, 10)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output(torch.relu(self.hidden(X)))


def save_model(net: nn.Module, path: str) -> None:
    """Write architecture, parameters and buffers of `net` into one file called `path`.

    `net` is an `MLP` as above, or an ``nn.Sequential`` of library layers (``nn.Linear`` with or
    without bias, ``nn.ReLU``, ``nn.Tanh``, ``nn.Sigmoid``, ``nn.BatchNorm1d``) whose first layer is
    an ``nn.Linear``. Its inputs are matrices, one row per sample, with any number of rows. `net`
    itself does not change.

    Args:
        net: the net, in eval mode if it has batch normalisation.
        path: name of the file, such as ``"mlp.pt"``; an existing file is replaced.

    Example::

        save_model(MLP(), "mlp.pt")
    """
    raise NotImplementedError


def load_model(path: str) -> nn.Module:
    """Build the net again from the file alone.

    The call may happen in another process, which has imported this module and has built no net, and
    the file may have been renamed. The file is one of your own: it may be trusted.

    Args:
        path: a file that `save_model` has written.

    Returns:
        An ``nn.Module`` that computes what the saved net computes, for any number of rows. Its
        parameters have the saved values, belong to this net alone (loading twice gives two nets),
        and can be trained.

    Raises:
        Exception: of any class, if the file is not one that `save_model` has written, or is cut
            short.

    Example, in another process::

        net = load_model("mlp.pt")
        Y = net(torch.rand(3, 20))  # shape (3, 10)
    """
    raise NotImplementedError
