import torch

# 5.6.2, Jonas K.

def try_gpu(i=0):
    if torch.cuda.is_available():
        return torch.device(f'cuda:{i}')
    return torch.device('cpu')


def try_all_gpus():
    if torch.cuda.is_available():
        return [torch.device(f'cuda:{i}') for i in range(torch.cuda.device_count())]
    return [torch.device('cpu')]


def save_parameters(net, path):
    torch.save(net.state_dict(), path)


def load_parameters(net, path, device):
    net.load_state_dict(torch.load(path, map_location=device))
    net = net.to(device)
    return net
