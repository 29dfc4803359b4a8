"""Lazy layers, which find out their input size in the first forward pass."""

from torch import nn




def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    blocks = [
        nn.Sequential(nn.LazyLinear(hidden_size), nn.ReLU(), nn.LazyLinear(input_size)) for _ in range(num_instances)
    ]
    return nn.Sequential(*blocks, nn.LazyLinear(output_size))
