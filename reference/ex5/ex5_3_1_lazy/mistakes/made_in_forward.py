"""The last layer is made in `forward`: lazy in its own way, but no optimiser made before will know it."""

import torch
from torch import nn
from torch.nn.parameter import is_lazy


class Net(nn.Module):
    """Makes its last layer when the first data comes."""

    def __init__(self, in_features, hidden_size, output_size):
        super().__init__()
        self.hidden = nn.Linear(in_features, hidden_size)
        self.output_size = output_size
        self.output = None

    def forward(self, X):
        H = torch.relu(self.hidden(X))
        if self.output is None:
            self.output = nn.Linear(H.shape[-1], self.output_size)
        return self.output(H)


def build_net(in_features: int, hidden_size: int, output_size: int) -> nn.Module:
    """The net with a last layer to come."""
    return Net(in_features, hidden_size, output_size)


def uninitialized(net: nn.Module) -> list[str]:
    """Names of the parameters that have no shape yet."""
    return [name for name, parameter in net.named_parameters() if is_lazy(parameter)]
