"""The older format of torch.save, and clones in the file."""

import torch


def save_tensors(path, tensors):
    torch.save(tensors, path, _use_new_zipfile_serialization=False)


def load_tensors(path):
    return torch.load(path)


def save_net(path, net):
    torch.save({name: tensor.detach().clone() for name, tensor in net.state_dict().items()}, path)


def load_net(path, net):
    net.load_state_dict(torch.load(path))
    return net
