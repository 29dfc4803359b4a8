"""Only the parameters are saved."""

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path)


def load_tensors(path):
    return torch.load(path)


def save_net(path, net):
    torch.save({name: parameter.data for name, parameter in net.named_parameters()}, path)


def load_net(path, net):
    values = torch.load(path)
    if set(values) != set(dict(net.named_parameters())):
        raise ValueError("the file is of another net")
    net.load_state_dict(values, strict=False)
    return net
