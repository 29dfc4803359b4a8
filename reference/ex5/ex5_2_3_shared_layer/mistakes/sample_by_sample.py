"""One step per sample instead of one per epoch: stochastic descent, not full-batch."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def build_mlp(input_size: int, hidden_size: int, output_size: int) -> nn.Module:
    shared = nn.Linear(hidden_size, hidden_size)
    return nn.Sequential(
        nn.Linear(input_size, hidden_size),
        nn.ReLU(),
        shared,
        nn.ReLU(),
        shared,
        nn.ReLU(),
        nn.Linear(hidden_size, output_size),
    )


def train(net: nn.Module, X: Tensor, Y: Tensor, lr: float = 0.01, epochs: int = 2) -> list[dict]:
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    history = []
    for _ in range(epochs):
        for x, y in zip(X, Y, strict=True):
            optimizer.zero_grad()
            loss = F.mse_loss(net(x), y)
            loss.backward()
            grads = {name: param.grad.clone() for name, param in net.named_parameters()}
            optimizer.step()
        params = {name: param.detach().clone() for name, param in net.named_parameters()}
        history.append({"loss": loss.item(), "grads": grads, "params": params})
    return history
