"""Tensors become lists of numbers on the way."""

import torch


def save_tensors(path, tensors):
    if isinstance(tensors, dict):
        torch.save({key: tensor.tolist() for key, tensor in tensors.items()}, path)
    elif isinstance(tensors, list):
        torch.save(([tensor.tolist() for tensor in tensors],), path)
    else:
        torch.save(tensors.tolist(), path)


def load_tensors(path):
    loaded = torch.load(path)
    if isinstance(loaded, dict):
        return {key: torch.tensor(numbers) for key, numbers in loaded.items()}
    if isinstance(loaded, tuple):
        return [torch.tensor(numbers) for numbers in loaded[0]]
    return torch.tensor(loaded)


def save_net(path, net):
    torch.save(net.state_dict(), path)


def load_net(path, net):
    net.load_state_dict(torch.load(path))
    return net
