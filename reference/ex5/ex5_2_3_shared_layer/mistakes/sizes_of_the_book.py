"""The sizes of the example are written into the net; the arguments are ignored."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def build_mlp(input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    shared = nn.Linear(8, 8)
    return nn.Sequential(
        nn.Linear(4, 8),
        nn.ReLU(),
        shared,
        nn.ReLU(),
        shared,
        nn.ReLU(),
        nn.Linear(8, 2),
    )


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
