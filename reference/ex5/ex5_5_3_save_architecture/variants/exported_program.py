"""torch.export writes down the graph; the number of rows stays free."""

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(20, 256)
        self.output = nn.Linear(256, 10)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.output(torch.relu(self.hidden(X)))


def save_model(net: nn.Module, path: str) -> None:
    example = torch.zeros(2, next(net.parameters()).shape[1])
    rows = torch.export.Dim("rows")
    program = torch.export.export(net, (example,), dynamic_shapes=({0: rows},))
    with open(path, "wb") as file:
        torch.export.save(program, file)


def load_model(path: str) -> nn.Module:
    with open(path, "rb") as file:
        return torch.export.load(file).module()
