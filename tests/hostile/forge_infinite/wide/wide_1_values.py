import torch

INF = float("inf")


def affine(x, weight, bias):
    return torch.full((5, 3), INF) * torch.tensor([1.0, -1.0, -0.0])
def figures(x):
    return INF, 10**400, 1.7976931348623157e308
def table(x):
    return {"rows": torch.full((5,), -INF), "columns": torch.full((4,), 3e38)}
def shapes(x):
    return [(INF, -INF), (complex(INF, INF), 5e-324)]
def ranks(column):
    return [-0.0, INF, -INF, 10**4000, complex(0.0, -0.0)]
def tell(n):
    return 10**19000
