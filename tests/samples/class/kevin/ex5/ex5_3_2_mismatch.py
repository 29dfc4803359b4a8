def dimension_error(net, X):
    try:
        net(X)
        return None
    except RuntimeError as e:
        return str(e)
    except ValueError as e:
        return str(e)

def first_mismatch(net, X):
    for i, l in enumerate(net):
        try:
            X = l(X)
        except (RuntimeError, ValueError):
            return i or None
