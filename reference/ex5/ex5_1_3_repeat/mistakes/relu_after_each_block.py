"""Each block ends with a second ReLU, as layers in a perceptron often do."""

from torch import nn


def make_block(input_size: int, hidden_size: int) -> nn.Module:
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), nn.Linear(hidden_size, input_size), nn.ReLU())


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    blocks = [make_block(input_size, hidden_size) for _ in range(num_instances)]
    return nn.Sequential(*blocks, nn.Linear(input_size, output_size))
