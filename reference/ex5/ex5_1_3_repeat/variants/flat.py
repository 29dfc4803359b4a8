"""One flat Sequential with a name for every layer, and an in-place ReLU."""

from torch import nn




def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    net = nn.Sequential()
    for index in range(num_instances):
        net.add_module(f"hidden{index}", nn.Linear(input_size, hidden_size))
        net.add_module(f"relu{index}", nn.ReLU(inplace=True))
        net.add_module(f"back{index}", nn.Linear(hidden_size, input_size))
    net.add_module("output", nn.Linear(input_size, output_size))
    return net
