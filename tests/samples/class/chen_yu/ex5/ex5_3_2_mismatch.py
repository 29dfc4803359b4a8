# 陈宇：练习5.3.2
import torch
from torch import nn


def dimension_error(net, X):
    try:
        net(X)
    except (RuntimeError, ValueError) as 错误:
        return str(错误)


def first_mismatch(net, X):
    for i in range(len(net)):
        if dimension_error(net[: i + 1], X):  # 前 i+1 层
            return i
