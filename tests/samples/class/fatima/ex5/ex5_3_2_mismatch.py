"""Homework ex5, Fatima"""


def dimension_error(net, X):
    try:
        net(X)
    except (RuntimeError, ValueError) as e:
        return str(e)
    return None


def first_mismatch(net, X):
    i = 0
    while i < len(net):
        try:
            X = net[i](X)
        except (RuntimeError, ValueError):
            break
        i += 1
    return i if i < len(net) else None
