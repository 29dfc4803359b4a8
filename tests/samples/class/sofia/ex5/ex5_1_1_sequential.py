# Sofía, ejercicio 5.1.1
import torch
from torch import nn


class MySequential(nn.Module):
    def __init__(self, *bloques):
        super().__init__()
        for i, bloque in enumerate(bloques):
            self._modules[str(i)] = bloque

    def forward(self, X):
        for bloque in self._modules.values():
            X = bloque(X)
        return X


class MySequentialList(nn.Module):
    def __init__(self, *bloques):
        super().__init__()
        # ModuleList también es una lista
        self.bloques = nn.ModuleList(bloques)

    def forward(self, X):
        for bloque in self.bloques:
            X = bloque(X)
        return X


LOST_IN_A_LIST = {"parameters", "state_dict", "to", "train", "apply", "children"}
