def dimension_error(net, X):
    try:
        net(X)
    except (RuntimeError, ValueError) as exception:
        return str(exception)
    return None


# the first layer that refuses its input
def first_missmatch(net, X):
    for position, layer in enumerate(net):
        message = dimension_error(layer, X)
        if message is not None:
            return position
        X = layer(X)
    return None
