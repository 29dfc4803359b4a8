import torch


def affine(x, weight, bias):
    return NotImplemented
def figures(x):
    return (Ellipsis, NotImplemented, object)
def table(x):
    return {"rows": torch, "columns": affine}
def shapes(x):
    return (shape for shape in ())
def ranks(column):
    return range(5)
def tell(n):
    return str
