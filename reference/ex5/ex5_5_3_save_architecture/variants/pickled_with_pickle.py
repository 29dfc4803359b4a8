"""Python's own pickle instead of torch.save."""

import pickle

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
    with open(path, "wb") as file:
        pickle.dump(net, file)


def load_model(path: str) -> nn.Module:
    with open(path, "rb") as file:
        return pickle.load(file)
