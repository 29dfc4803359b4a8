"""Writes the printed form of the net into the file, where the parameters are not, and builds it anew."""

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
    with open(path, "w") as file:
        if isinstance(net, nn.Sequential):
            file.write("nn.Sequential(" + ", ".join(f"nn.{layer}" for layer in net) + ")")
        else:
            file.write("MLP()")


def load_model(path: str) -> nn.Module:
    with open(path) as file:
        return eval(file.read())
