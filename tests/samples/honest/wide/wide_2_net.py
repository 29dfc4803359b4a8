"""Right answers, to stand between hostile ones."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.layer = nn.Linear(inputs, outputs)

    def forward(self, x):
        return torch.relu(self.layer(x))


def count(net):
    return sum(parameter.numel() for parameter in net.parameters())


def step(net, x, y, rate):
    optimiser = torch.optim.SGD(net.parameters(), lr=rate)
    loss = nn.functional.mse_loss(net(x), y)
    loss.backward()
    optimiser.step()
    optimiser.zero_grad()
    return loss.item()
