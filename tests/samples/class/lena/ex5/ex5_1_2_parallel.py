"""Exercise 5.1.2: a block that runs two nets on the same input and joins their outputs."""

from torch import Tensor, nn


class Parallel(nn.Module):
    """Takes two nets and gives both their outputs, side by side.

    It keeps the very nets that it is given (no copies, no nets of its own) and registers both, so
    that an optimiser, `state_dict()`, `to()` and `eval()` reach them.

    Example:
        net = Parallel(nn.Linear(10, 12), nn.Linear(10, 24))
        net(torch.rand(2, 10)).shape      # torch.Size([2, 36])
    """

    def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
        super().__init__()
        raise NotImplementedError("register both nets")

    def forward(self, X: Tensor) -> Tensor:
        """Return net1(X) and net2(X), concatenated along dimension 1, net1's output first.

        X has two or more dimensions, the first being the samples; for images of shape
        (batch, channels, height, width), dimension 1 holds the channels. The rest of the two
        outputs' shapes agrees. Both nets see the same X, and each runs once per call. X itself is
        not changed, and gradients flow back through both nets to X. The dtype of the output is
        that of the nets' outputs.
        """
        raise NotImplementedError("run both nets and join their outputs")
