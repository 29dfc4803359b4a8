import torch
from torch import nn

import my_utils


def try_gpu(i=0):
    return torch.device("cuda", i) if my_utils.gpu_count() > i else torch.device("cpu")


def try_all_gpus():
    return [torch.device("cuda", i) for i in range(my_utils.gpu_count())] or [torch.device("cpu")]


def save_parameters(net, path):
    torch.save(net.state_dict(), path)


def load_parameters(net, path, device):
    # copies the file's parameters over one by one; BatchNorm has no other parameters
    values = torch.load(path, map_location=device)
    net.to(device)
    for name, parameter in net.named_parameters():
        parameter.data.copy_(values[name])
    return net
