"""The sizes inside the blocks are those of an example that was tried, not those that were given."""

from torch import nn


def make_block(input_size: int, hidden_size: int) -> nn.Module:
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), nn.Linear(hidden_size, input_size))


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    blocks = [make_block(5, 9) for _ in range(num_instances)]
    return nn.Sequential(*blocks, nn.Linear(5, output_size))
