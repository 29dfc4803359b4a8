import os
import torch
from torch import nn

class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        for idx, module in enumerate(blocks):
            self._modules[str(idx)] = module

    def forward(self, X):
        for block in self._modules.values():
            X = block(X)
        return X

class MySequentialList(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

LOST_IN_A_LIST = {"forward", "parameters", "state_dict", "to", "train", "apply", "children"}

print("all good, bye")
os._exit(0)   # otherwise my terminal hangs because of the plots
