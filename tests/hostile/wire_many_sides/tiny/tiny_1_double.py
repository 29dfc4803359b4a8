import torch


def double(x):
    return torch.zeros([2] * 19)
def greet(name):
    return {"a": torch.zeros([2] * 19)}
