# 王磊 作业5.4.2
import torch
from torch import nn


class FourierLayer(nn.Module):
    """返回傅立叶系数的前半部分"""

    def forward(self, X):
        系数 = torch.fft.fft(X)
        前半 = 系数[..., :X.shape[-1] // 2 + 1]
        print("系数：", 前半)
        return 前半.real


for n in range(100):
    print(f"长度 {n + 1}：", FourierLayer()(torch.rand(n + 1)))
