# -*- coding: gbk -*-
# 陈宇：第5章 练习5.1.1
import torch
from torch import nn


class MySequential(nn.Module):
    """顺序块：把每个模块注册到自己身上。"""

    def __init__(self, *blocks):
        super().__init__()
        for i, b in enumerate(blocks):
            self.add_module(str(i), b)

    def forward(self, X):
        # 依次经过每个模块
        for b in self._modules.values():
            X = b(X)
        return X


class MySequentialList(nn.Module):
    """列表版本：模块没有被注册。"""

    def __init__(self, *blocks):
        super().__init__()
        self.列表 = list(blocks)

    def forward(self, X):
        for b in self.列表:
            X = b(X)
        return X


# 丢失的功能，前向传播也算吗？
LOST_IN_A_LIST = {"forward", "parameters", "state_dict", "to", "train", "apply", "children"}
