"""Exercise 5.2.3 - Anna."""

import torch
from torch import Tensor, nn


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
    loss_function = nn.MSELoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    history = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = loss_function(net(X), Y)
        loss.backward()
        grads = {name: p.grad.detach().clone() for name, p in net.named_parameters()}
        optimizer.step()
        params = {name: p.detach().clone() for name, p in net.named_parameters()}
        history.append({"loss": loss.item(), "grads": grads, "params": params})
    return history


def main() -> None:
    torch.manual_seed(1)
    net = build_mlp(4, 8, 1)
    X = torch.randn(32, 4)
    Y = X.sum(dim=1, keepdim=True)
    for epoch, entry in enumerate(train(net, X, Y, lr=0.1, epochs=5)):
        print(epoch, entry["loss"], entry["grads"]["2.weight"].norm().item())
    # net[2] and net[4] are one layer: its gradient is the sum over both places
    print(net[2].weight is net[4].weight)


if __name__ == "__main__":
    main()
