"""Exercise 5.1.3: a function makes the block, and is called once for every instance."""

from torch import nn


def make_block(input_size: int, hidden_size: int) -> nn.Module:
    """Return a new block, with new parameters."""
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), nn.Linear(hidden_size, input_size))


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    """Return `num_instances` blocks in a row, followed by an output layer."""
    blocks = [make_block(input_size, hidden_size) for _ in range(num_instances)]
    return nn.Sequential(*blocks, nn.Linear(input_size, output_size))
