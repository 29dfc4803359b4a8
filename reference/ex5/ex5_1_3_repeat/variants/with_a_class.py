"""A class for the block and one for the net, the output layer registered first."""

from torch import Tensor, nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__()
        self.out = nn.Linear(hidden_size, input_size)
        self.hidden = nn.Linear(input_size, hidden_size)

    def forward(self, X: Tensor) -> Tensor:
        return self.out(F.relu(self.hidden(X)))


class Net(nn.Module):
    def __init__(self, num_instances: int, input_size: int, hidden_size: int, output_size: int) -> None:
        super().__init__()
        self.output = nn.Linear(input_size, output_size)
        self.blocks = nn.ModuleList([Block(input_size, hidden_size) for _ in range(num_instances)])

    def forward(self, X: Tensor) -> Tensor:
        for block in self.blocks:
            X = block(X)
        return self.output(X)


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    return Net(num_instances, input_size, hidden_size, output_size)
