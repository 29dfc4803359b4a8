import torch
from torch import nn

def build_mlp(input_size, hidden_size, output_size):
    a = nn.Linear(hidden_size, hidden_size)
    b = nn.Linear(hidden_size, hidden_size)
    b.weight, b.bias = a.weight, a.bias
    return nn.Sequential(nn.Linear(input_size, hidden_size), nn.ReLU(), a, nn.ReLU(), b, nn.ReLU(),
                         nn.Linear(hidden_size, output_size))

def train(net, X, Y, lr=0.01, epochs=2):
    opt = torch.optim.SGD(net.parameters(), lr=lr)
    h = []
    for i in range(epochs):
        opt.zero_grad()
        loss = nn.MSELoss()(net(X).squeeze(), Y)
        loss.backward()
        g = {n: p.grad.clone() for n, p in net.named_parameters()}
        opt.step()
        h.append({"loss": loss.item(), "grads": g, "params": {n: p.detach().clone() for n, p in net.named_parameters()}})
    return h
