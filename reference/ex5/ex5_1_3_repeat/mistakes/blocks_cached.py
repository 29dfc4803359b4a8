"""make_block remembers what it made for these sizes, so a second net gets the blocks of the first."""

import functools

from torch import nn


@functools.cache
def make_block(input_size: int, hidden_size: int, index: int) -> nn.Module:
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), nn.Linear(hidden_size, input_size))


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    blocks = [make_block(input_size, hidden_size, index) for index in range(num_instances)]
    return nn.Sequential(*blocks, nn.Linear(input_size, output_size))
