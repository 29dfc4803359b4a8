import torch
from torch import nn


def build_mlp(input_size, hidden_size, output_size):
    shared = nn.Linear(hidden_size, hidden_size)
    net = nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(),
                        shared, nn.ReLU(),
                        shared, nn.ReLU(),
                        nn.Linear(hidden_size, output_size))
    return net


def train(net, X, Y, lr=0.01, epochs=2):
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    mse = nn.MSELoss()
    history = []
    for epoch in range(epochs):
        pred = net(X)
        loss = mse(pred, Y)
        loss.backward()
        record = {"loss": loss.item()}
        record["grads"] = {n: p.grad.clone() for n, p in net.named_parameters()}
        optimizer.step()
        record["params"] = {n: p.detach().clone() for n, p in net.named_parameters()}
        history.append(record)
    return history
