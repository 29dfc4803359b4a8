"""The net is rounded to float32 in the file."""

import torch


def save_run(path, net, optimizer):
    values = {name: tensor.float() for name, tensor in net.state_dict().items()}
    torch.save({"net": values, "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    run = torch.load(path)
    net.load_state_dict(run["net"])
    optimizer.load_state_dict(run["optimizer"])
