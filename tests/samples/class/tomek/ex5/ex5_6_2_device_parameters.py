import torch

def try_gpu(i=0):
    return torch.device("cuda", i) if i in range(torch.cuda.device_count()) else torch.device("cpu")

def try_all_gpus():
    return [torch.device("cuda", i) for i in range(torch.cuda.device_count())] or [torch.device("cpu")]

def save_parameters(net, path):
    with open(path, "wb") as f:
        torch.save(net.state_dict(), f)

def load_parameters(net, path, device):
    net.to(device)
    with open(path, "rb") as f:
        net.load_state_dict(torch.load(f, map_location="cpu"))
    return net
