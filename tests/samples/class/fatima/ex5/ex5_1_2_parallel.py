"""Homework ex5, Fatima"""
import torch
from torch import nn


class Parallel(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.first = net1
        self.second = net2

    def forward(self, X):
        return torch.cat([self.first(X), self.second(X)], dim=1)
