import torch
from torch import nn

class Parallel(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        y = torch.zeros(X.shape[0], 36)
        y[:, :12] = self.net1(X)
        y[:, 12:] = self.net2(X)
        return y
