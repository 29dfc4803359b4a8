import torch
from torch import nn
import matplotlib.pyplot as plt

def build_mlp(input_size, hidden_size, output_size):
    shared = nn.Linear(hidden_size, hidden_size)
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), shared, nn.ReLU(), shared, nn.ReLU(),
                         nn.Linear(hidden_size, output_size))

def train(net, X, Y, lr=0.01, epochs=2):
    opt = torch.optim.SGD(net.parameters(), lr=lr)
    history = []
    for epoch in range(epochs):
        opt.zero_grad()
        loss = nn.MSELoss()(net(X), Y)
        loss.backward()
        grads = {n: p.grad.clone() for n, p in net.named_parameters()}
        opt.step()
        history.append({"loss": loss.item(), "grads": grads,
                        "params": {n: p.detach().clone() for n, p in net.named_parameters()}})
    plt.plot([h["loss"] for h in history])
    return history
