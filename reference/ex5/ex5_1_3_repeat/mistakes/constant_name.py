"""All blocks are added under one name, each in the place of the one before, and one is left."""

from torch import nn


def make_block(input_size: int, hidden_size: int) -> nn.Module:
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), nn.Linear(hidden_size, input_size))


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    net = nn.Sequential()
    for _ in range(num_instances):
        net.add_module("block", make_block(input_size, hidden_size))
    net.add_module("output", nn.Linear(input_size, output_size))
    return net
