import torch

def _run(net, X):
    """returns (index, message) or (None, None)"""
    i = 0
    for i, layer in enumerate(net):
        try: X = layer(X)
        except (RuntimeError, ValueError) as e: return i, str(e)
    return None, None

def dimension_error(net, X):
    try: net(X)
    except (RuntimeError, ValueError) as e: return str(e)

first_mismatch = lambda net, X: _run(net, X)[0]
