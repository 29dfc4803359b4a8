import torch


def try_gpu(i=0):
    if torch.cuda.device_count() > i:
        return torch.device("cuda", i)
    return torch.device("cpu")


def try_all_gpus():
    gpus = []
    for i in range(torch.cuda.device_count()):
        gpus.append(torch.device("cuda", i))
    return gpus      # empty if there is none


def save_parameters(net, path):
    torch.save(net.state_dict(), path)


def load_parameters(net, path, device):
    params = torch.load(path, map_location=device)
    net.to(device)
    net.load_state_dict(params)
    return net
