"""Every block has a first layer of its own, but the second one is made once outside the loop."""

from torch import nn




def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    back = nn.Linear(hidden_size, input_size)
    blocks = [nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), back) for _ in range(num_instances)]
    return nn.Sequential(*blocks, nn.Linear(input_size, output_size))
