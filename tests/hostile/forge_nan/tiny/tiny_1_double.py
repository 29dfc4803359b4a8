import torch


def double(x):
    return torch.full((3, 4), float("nan"))
def greet(name):
    return float("nan")
