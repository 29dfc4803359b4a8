"""All tensors are made float32 before they are saved."""

import torch


def save_tensors(path, tensors):
    if isinstance(tensors, dict):
        tensors = {key: tensor.float() for key, tensor in tensors.items()}
    elif isinstance(tensors, list):
        tensors = [tensor.float() for tensor in tensors]
    else:
        tensors = tensors.float()
    torch.save(tensors, path)


def load_tensors(path):
    return torch.load(path)


def save_net(path, net):
    torch.save(net.state_dict(), path)


def load_net(path, net):
    net.load_state_dict(torch.load(path))
    return net
