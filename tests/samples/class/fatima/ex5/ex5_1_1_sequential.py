"""Homework ex5, Fatima"""
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.n = 0
        for block in blocks:
            self.add_module(str(self.n), block)
            self.n += 1

    def forward(self, X):
        i = 0
        while i < self.n:
            X = self._modules[str(i)](X)
            i += 1
        return X


class MySequentialList(nn.Module):
    everything = []

    def __init__(self, *blocks):
        super().__init__()
        self.everything.clear()
        for block in blocks:
            self.everything.append(block)

    def forward(self, X):
        for block in self.everything:
            X = block(X)
        return X


LOST_IN_A_LIST = {"parameters", "state_dict", "to", "train", "apply", "children"}
