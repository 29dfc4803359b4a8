"""The weights of the first block are handed to the others with assign=True: new names, one memory."""

from torch import nn


def make_block(input_size: int, hidden_size: int) -> nn.Module:
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), nn.Linear(hidden_size, input_size))


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    blocks = [make_block(input_size, hidden_size) for _ in range(num_instances)]
    for block in blocks[1:]:
        block.load_state_dict(blocks[0].state_dict(), assign=True)
    return nn.Sequential(*blocks, nn.Linear(input_size, output_size))
