"""Two lists of layers, one of each kind, walked in step from the last to the first."""

from torch import Tensor, nn


class Net(nn.Module):
    def __init__(self, num_instances: int, input_size: int, hidden_size: int, output_size: int) -> None:
        super().__init__()
        self.back = nn.ModuleList(nn.Linear(hidden_size, input_size) for _ in range(num_instances))
        self.hidden = nn.ModuleList(nn.Linear(input_size, hidden_size) for _ in range(num_instances))
        self.output = nn.Linear(input_size, output_size)

    def forward(self, X: Tensor) -> Tensor:
        for index in reversed(range(len(self.hidden))):
            X = self.back[index](self.hidden[index](X).clamp(min=0))
        return self.output(X)


def create_network(num_instances: int, input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    return Net(num_instances, input_size, hidden_size, output_size)
