from torch import nn

from my_utils import run_through


class MySequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        for number, block in enumerate(blocks):
            self.register_module(str(number), block)

    def forward(self, X):
        return run_through(self._modules.values(), X)


class MySequentialList(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.hidden = list(blocks)

    def forward(self, X):
        return run_through(self.hidden, X)


LOST_IN_A_LIST = {"parameters", "state_dict", "to", "train", "apply", "children"}
