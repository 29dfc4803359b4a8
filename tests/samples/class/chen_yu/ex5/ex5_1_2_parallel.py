# 陈宇：练习5.1.2（用记事本保存，带BOM）
import torch
from torch import nn


class Parallel(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.左 = net1
        self.右 = net2

    def forward(self, X):
        # 沿通道维拼接
        return torch.cat([self.左(X), self.右(X)], dim=1)
