# 王磊 作业5.1.2
import torch
from torch import nn


class Parallel(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2
        print("网络1：", net1)
        print("网络2：", net2)

    def forward(self, X):
        a, b = self.net1(X), self.net2(X)
        print("形状：", a.shape, b.shape)
        # 在第0维拼接
        return torch.cat([a, b], dim=0)
