"""Exercise 5.1.3: several instances of one block, and a larger net made of them."""

from torch import nn


def create_network(
    num_instances: int,
    input_size: int,
    hidden_size: int,
    output_size: int,
) -> nn.Module:
    """Return a net of `num_instances` equal blocks in a row, followed by an output layer.

    Each block is Linear(input_size, hidden_size), ReLU, Linear(hidden_size, input_size); after the
    last block comes one Linear(input_size, output_size), and nothing else anywhere. All the linear
    layers have a bias.

    The blocks have the same architecture, but each has parameters of its own: it can be changed
    and trained without the others. `num_instances` is at least 1. Two calls give two nets that have
    nothing in common. How you nest and name the parts is up to you.

    Example:
        net = create_network(3, 5, 9, 4)
        net(torch.rand(2, 5)).shape       # torch.Size([2, 4])
    """
    raise NotImplementedError("build the blocks and chain them")
