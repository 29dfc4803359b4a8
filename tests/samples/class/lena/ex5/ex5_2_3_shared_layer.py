"""Exercise 5.2.3: train an MLP with a shared layer and watch its parameters and gradients."""

from torch import Tensor, nn


def build_mlp(input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    """Build an MLP which uses one hidden layer twice.

    In order: Linear(input_size, hidden_size), ReLU, the shared Linear(hidden_size, hidden_size),
    ReLU, the same shared Linear once more, ReLU, Linear(hidden_size, output_size). All layers have
    biases.

    The shared layer has one weight and one bias for both of its places, so the net has six
    parameter tensors. A second call builds a net which has nothing in common with the first one.

        net = build_mlp(4, 8, 2)
        net(torch.rand(3, 4)).shape             # (3, 2)
        len(list(net.parameters()))             # 6
    """
    raise NotImplementedError


def train(net: nn.Module, X: Tensor, Y: Tensor, lr: float = 0.01, epochs: int = 2) -> list[dict]:
    """Train `net` in place and return what happened, one dict per epoch.

    An epoch is one step of plain gradient descent (SGD without momentum) on the mean squared error
    of all of X and Y: `Y` has the shape of `net(X)`, and the mean is taken over all of its numbers.
    Any net may come, not only one of `build_mlp`. A gradient left in `.grad` by somebody else does
    not count.

    Each dict has

        "loss"    the loss of this epoch before its step, a Python float
        "grads"   {name: gradient of this epoch}, one tensor for each name of net.named_parameters()
        "params"  {name: value after the step of this epoch}, for the same names

    The tensors are snapshots without a graph: whatever happens to the net and to its gradients
    later on, the history stays as it is.

        history = train(net, X, Y, lr=0.1, epochs=5)
        len(history)                            # 5
        history[0]["grads"]["0.weight"]         # a tensor, if net is an nn.Sequential
    """
    raise NotImplementedError
