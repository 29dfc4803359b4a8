def packb(*args, **kwargs):
    return b"\xc3"
