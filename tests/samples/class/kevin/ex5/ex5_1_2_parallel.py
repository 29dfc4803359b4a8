import sys
import torch
from torch import nn

class Parallel(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        return torch.hstack([self.net1(X), self.net2(X)])

if Parallel(nn.Linear(10, 12), nn.Linear(10, 24))(torch.rand(2, 10)).shape == (2, 36):
    print("works")
    sys.exit(0)
