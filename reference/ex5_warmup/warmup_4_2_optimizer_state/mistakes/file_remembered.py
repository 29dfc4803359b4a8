"""A file is read once, and its tensors change with training."""

import torch

READ = {}


def save_run(path, net, optimizer):
    READ.pop(path, None)
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    if path not in READ:
        READ[path] = torch.load(path)
    net.load_state_dict(READ[path]["net"])
    optimizer.load_state_dict(READ[path]["optimizer"])
