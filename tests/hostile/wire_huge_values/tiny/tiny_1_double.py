import torch


def double(x):
    return torch.zeros(1).expand(2**40)
def greet(name):
    return "a" * (2**26)
