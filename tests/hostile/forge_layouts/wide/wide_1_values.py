import torch
from torch._C import _functorch


def affine(x, weight, bias):
    return (x @ weight).to_sparse()
def figures(x):
    return torch.quantize_per_tensor(x, 0.1, 0, torch.qint8), torch.nested.nested_tensor([x[0], x[1, :2]]), 0
def table(x):
    return {"rows": torch.zeros(5, device="meta"), "columns": torch.zeros(4, device="meta")}
def shapes(x):
    return _functorch._add_batch_dim(torch.zeros(2, 2), 0, _functorch._vmap_increment_nesting(2, "error"))
def ranks(column):
    return torch.zeros(1).expand(2**30, 2**20)
def tell(n):
    return torch.empty(5).to_mkldnn()
