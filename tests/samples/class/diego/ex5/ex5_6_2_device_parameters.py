import torch

def try_gpu(i=0):
    return torch.device("cuda:%d" % i) if i < torch.cuda.device_count() else torch.device("cpu")

def try_all_gpus():
    return [torch.device("cuda:%d" % i) for i in range(torch.cuda.device_count())] or [torch.device("cpu")]

def save_parameters(net, path):
    torch.save(net, path)

def load_parameters(net, path, device):
    net = torch.load(path, map_location=device)
    return net
