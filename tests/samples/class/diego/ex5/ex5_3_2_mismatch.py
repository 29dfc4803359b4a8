def dimension_error(net, X):
    expected = net[0].in_features
    if X.shape[1] != expected:
        return f"expected {expected} features, got {X.shape[1]}"
    return None

def first_mismatch(net, X):
    return 0 if dimension_error(net, X) else None
