import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

class _Net(nn.Module):
    def __init__(self, i, h, o):
        super().__init__()
        self.inp, self.mid, self.out = nn.Linear(i, h), nn.Linear(h, h), nn.Linear(h, o)

    def forward(self, X):
        z = F.relu(self.inp(X))
        for _ in range(2):      # the same layer twice
            z = F.relu(self.mid(z))
        return self.out(z)

def build_mlp(input_size, hidden_size, output_size):
    return _Net(input_size, hidden_size, output_size)

def train(net, X, Y, lr=0.01, epochs=2):
    # SGD by hand, no optimiser needed
    hist = []
    for ep in range(epochs):
        net.zero_grad()
        l = ((net(X) - Y) ** 2).mean()
        l.backward()
        g = {k: v.grad.clone() for k, v in net.named_parameters()}
        with torch.no_grad():
            for k, v in net.named_parameters():
                v -= lr * g[k]
        hist.append(dict(loss=float(l), grads=g, params={k: v.detach().clone() for k, v in net.named_parameters()}))
    return hist

np.random.seed(0)
x = torch.tensor(np.random.randn(16, 3), dtype=torch.float32)
losses = [h["loss"] for h in train(build_mlp(3, 5, 1), x, x[:, :1], lr=.1, epochs=3)]
