# 王磊 作业5.1.1
import torch
from torch import nn


class MySequential(nn.Module):
    """按顺序执行每个块"""

    def __init__(self, *blocks):
        super().__init__()
        for i, 块 in enumerate(blocks):
            # 变量 _modules 的类型是 OrderedDict
            self._modules[str(i)] = 块

    def forward(self, X):
        for 名字, 块 in self._modules.items():
            X = 块(X)
            print(f"第{名字}块的输出：", X)
        return X


class MySequentialList(nn.Module):
    """用普通列表保存"""

    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for 块 in self.blocks:
            X = 块(X)
        return X


# 除了 forward 以外都丢失了
LOST_IN_A_LIST = {"parameters", "state_dict", "to", "train", "apply", "children"}

net = MySequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
print("网络结构：", net)
print("输出：", net(torch.rand(2, 20)))
