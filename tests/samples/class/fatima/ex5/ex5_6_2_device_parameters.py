"""Homework ex5, Fatima"""
import torch


def try_gpu(i=0):
    if i < torch.cuda.device_count():
        return torch.device("cuda", i)
    return torch.device("cpu")


def try_all_gpus():
    n = torch.cuda.device_count()
    return [try_gpu(i) for i in range(n)] if n > 0 else [try_gpu()]


def save_parameters(net, path):
    torch.save(net.state_dict(), path)


def load_parameters(net, path, device):
    net.to(device)
    saved = torch.load(path, map_location=device)
    with torch.no_grad():
        for name, tensor in net.state_dict().items():
            tensor.copy_(saved[name])
    return net
