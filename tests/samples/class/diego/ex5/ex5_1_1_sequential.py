from torch import nn

class MySequential(nn.Module):
    def __init__(self, *blocks):
        for i, b in enumerate(blocks):
            self.add_module(str(i), b)

    def forward(self, X):
        for b in self.children():
            X = b(X)
        return X

class MySequentialList(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = blocks

    def forward(self, X):
        for b in self.blocks:
            X = b(X)
        return X

LOST_IN_A_LIST = ["parameters", "state_dict", "to", "train", "apply", "children"]
