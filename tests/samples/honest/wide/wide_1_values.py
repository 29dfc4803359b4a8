"""Right answers, to stand between hostile ones."""


def affine(x, weight, bias):
    return x @ weight + bias


def figures(x):
    return x.mean().item(), x.max().item(), len(x)


def table(x):
    return {"rows": x.sum(1), "columns": x.sum(0)}


def shapes(x):
    return [tuple(x.shape), tuple(x.T.shape)]


def ranks(column):
    return sorted(range(len(column)), key=lambda place: column[place].item())


def tell(n):
    return f"number {n}"
