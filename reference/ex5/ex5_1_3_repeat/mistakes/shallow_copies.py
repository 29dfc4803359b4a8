"""copy.copy copies only the outer module; the layers inside, and their weights, are the same."""

import copy

from torch import nn


def make_block(input_size: int, hidden_size: int) -> nn.Module:
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), nn.Linear(hidden_size, input_size))


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    block = make_block(input_size, hidden_size)
    blocks = [copy.copy(block) for _ in range(num_instances)]
    return nn.Sequential(*blocks, nn.Linear(input_size, output_size))
