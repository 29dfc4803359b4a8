# Sofía, ejercicio 5.6.2
import torch


def try_gpu(i=0):
    return torch.device(f"cuda:{i}") if torch.cuda.device_count() > i else torch.device("cpu")


def try_all_gpus():
    n = torch.cuda.device_count()
    if n == 0:
        return [torch.device("cpu")]
    return [torch.device(f"cuda:{i}") for i in range(n)]


def save_parameters(net, path):
    torch.save(net.state_dict(), path)


def load_parameters(net, path, device):
    estado = torch.load(path, map_location=device)
    net.to(device)
    net.load_state_dict(estado)
    return estado
