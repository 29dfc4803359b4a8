"""Opens the files itself, and loads to the CPU."""

import torch


def save_tensors(path, tensors):
    with open(path, "wb") as file:
        torch.save(tensors, file)


def load_tensors(path):
    with open(path, "rb") as file:
        return torch.load(file, map_location="cpu", weights_only=True)


def save_net(path, net):
    with open(path, "wb") as file:
        torch.save({name: tensor.cpu() for name, tensor in net.state_dict().items()}, file)


def load_net(path, net):
    with open(path, "rb") as file:
        values = torch.load(file, map_location="cpu", weights_only=True)
    net.load_state_dict(values)
    return net
