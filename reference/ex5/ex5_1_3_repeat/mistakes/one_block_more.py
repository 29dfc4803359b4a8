"""The first block is made before a loop that then makes all of them once more."""

from torch import nn


def make_block(input_size: int, hidden_size: int) -> nn.Module:
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), nn.Linear(hidden_size, input_size))


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    blocks = [make_block(input_size, hidden_size)]
    for _ in range(num_instances):
        blocks.append(make_block(input_size, hidden_size))
    return nn.Sequential(*blocks, nn.Linear(input_size, output_size))
