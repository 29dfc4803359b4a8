"""A net of n blocks is one block and then a net of n - 1; one ReLU for all shares no parameters."""

from torch import nn


RELU = nn.ReLU()


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    if num_instances == 0:
        return nn.Linear(input_size, output_size)
    block = nn.Sequential(nn.Linear(input_size, hidden_size), RELU, nn.Linear(hidden_size, input_size))
    return nn.Sequential(block, create_network(num_instances - 1, input_size, hidden_size, output_size))
