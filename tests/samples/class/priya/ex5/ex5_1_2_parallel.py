import torch
from torch import nn


class Parallel(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.a = net1
        self.b = net2

    def forward(self, X):
        left = self.a(X)
        right = self.b(X)
        # -1 = side by side
        return torch.cat([left, right], dim=-1)


block = Parallel(nn.Linear(10, 12), nn.Linear(10, 24))
print("shape is", block(torch.rand(2, 10)).shape)
