"""Each step sets new Parameter objects instead of changing the old ones: weights tied by assignment come apart."""

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
    history = []
    for _ in range(epochs):
        net.zero_grad()
        loss = F.mse_loss(net(X), Y)
        loss.backward()
        grads = {name: param.grad.clone() for name, param in net.named_parameters()}
        stepped = []
        for module in net.modules():
            for name, param in module.named_parameters(recurse=False):
                stepped.append((module, name, param.detach() - lr * param.grad))
        for module, name, value in stepped:
            setattr(module, name, nn.Parameter(value))
        params = {name: param.detach().clone() for name, param in net.named_parameters()}
        history.append({"loss": loss.item(), "grads": grads, "params": params})
    return history
