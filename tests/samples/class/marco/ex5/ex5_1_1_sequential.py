from torch import nn


class MySequential(nn.Module):
    """My idea: why write it again when PyTorch has it."""

    def __init__(self, *blocks):
        super(MySequential, self).__init__()
        self.seq = nn.Sequential(*blocks)

    def forward(self, X):
        return self.seq(X)


class MySequentialList(nn.Module):
    def __init__(self, *blocks):
        super(MySequentialList, self).__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for b in self.blocks:
            X = b(X)
        return X


LOST_IN_A_LIST = {"parameters", "state_dict", "to", "train", "apply", "children"}
