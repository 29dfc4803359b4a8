import torch

device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")

def try_gpu(i=0):
    return torch.device("cuda:0" if torch.cuda.is_available() else "cpu")

def try_all_gpus():
    return [torch.device("cuda", i) for i in range(torch.cuda.device_count())] or [torch.device("cpu")]

def save_parameters(net, path):
    torch.save(net.state_dict(), path)

def load_parameters(net, path, device=device):
    net.load_state_dict(torch.load(path, map_location=device))
    return net.to(device)
