import torch
from torch import nn

# 5.1.1, Jonas K.

class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        for i, block in enumerate(blocks):
            self.add_module(f"{i}", block)
        self._order = [f"{i}" for i in range(len(blocks))]

    def forward(self, X):
        for name in self._order:
            X = self._modules[name](X)
        return X


class MySequentialList(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self._blocks = [b for b in blocks]

    def forward(self, X):
        for b in self._blocks:
            X = b(X)
        return X


LOST_IN_A_LIST = {'parameters', 'state_dict', 'to', 'train', 'apply', 'children'}
