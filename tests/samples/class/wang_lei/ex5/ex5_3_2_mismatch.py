# 王磊 作业5.3.2
import torch
from torch import nn


def dimension_error(net, X):
    """维度不匹配时返回错误信息"""
    try:
        net(X)
    except (RuntimeError, ValueError) as e:
        print("出错了：", e)
        return str(e)
    return None


def first_mismatch(net, X):
    """从1开始数的层号"""
    for i, 层 in enumerate(net, start=1):
        try:
            X = 层(X)
        except (RuntimeError, ValueError):
            print(f"第{i}层不匹配")
            return i
    return None
