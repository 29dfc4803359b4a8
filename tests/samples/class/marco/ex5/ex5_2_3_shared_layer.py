import copy

import torch
from torch import nn


def build_mlp(input_size, hidden_size, output_size):
    hidden1 = nn.Linear(hidden_size, hidden_size)
    hidden2 = copy.deepcopy(hidden1)  # same weights -> shared
    return nn.Sequential(
        nn.Linear(input_size, hidden_size), nn.ReLU(),
        hidden1, nn.ReLU(),
        hidden2, nn.ReLU(),
        nn.Linear(hidden_size, output_size),
    )


def train(net, X, Y, lr=0.01, epochs=2):
    opt = torch.optim.SGD(net.parameters(), lr=lr)
    log = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = nn.functional.mse_loss(net(X), Y)
        loss.backward()
        grads = {n: p.grad.clone() for n, p in net.named_parameters()}
        opt.step()
        log.append({"loss": loss.item(), "grads": grads,
                    "params": {n: p.data.clone() for n, p in net.named_parameters()}})
    return log
