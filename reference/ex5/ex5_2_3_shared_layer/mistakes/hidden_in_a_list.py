"""The layers are kept in a Python list, so the module knows nothing of their parameters."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class SharedMLP(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.layers = [
            nn.Linear(input_size, hidden_size),
            nn.Linear(hidden_size, hidden_size),
            nn.Linear(hidden_size, output_size),
        ]

    def forward(self, X):
        H = torch.relu(self.layers[0](X))
        H = torch.relu(self.layers[1](H))
        H = torch.relu(self.layers[1](H))
        return self.layers[2](H)


def build_mlp(input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    return SharedMLP(input_size, hidden_size, output_size)


def train(net: nn.Module, X: Tensor, Y: Tensor, lr: float = 0.01, epochs: int = 2) -> list[dict]:
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    history = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = F.mse_loss(net(X), Y)
        loss.backward()
        grads = {name: param.grad.clone() for name, param in net.named_parameters()}
        optimizer.step()
        params = {name: param.detach().clone() for name, param in net.named_parameters()}
        history.append({"loss": loss.item(), "grads": grads, "params": params})
    return history
