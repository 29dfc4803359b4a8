# 王磊 作业5.6.2
import torch


def try_gpu(i=0):
    """如果存在，则返回gpu(i)，否则返回cpu()"""
    if torch.cuda.device_count() >= i + 1:
        return torch.device(f'cuda:{i}')
    return torch.device('cpu')


def try_all_gpus():
    """返回所有可用的GPU，如果没有GPU，则返回[cpu(),]"""
    devices = [torch.device(f'cuda:{i}') for i in range(torch.cuda.device_count())]
    return devices if devices else [torch.device('cpu')]


def save_parameters(net, path):
    print("保存到", path)
    torch.save(net.state_dict(), path)


def load_parameters(net, path, device):
    print("读取", path)
    net.load_state_dict(torch.load(path, map_location=device))
    return net.to(device)


print("设备：", try_gpu(), try_all_gpus())
