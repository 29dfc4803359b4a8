"""Things that I need in more than one exercise."""

import torch


def run_through(blocks, X):
    for block in blocks:
        X = block(X)
    return X


def snapshot(named):
    return {name: tensor.detach().clone() for name, tensor in named}


def gpu_count():
    return torch.cuda.device_count()
