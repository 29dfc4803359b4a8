"""Makes new parameters when it is asked."""

import torch


def device_of(thing):
    if isinstance(thing, torch.Tensor):
        return thing.device
    for module in thing.modules():
        for name, parameter in list(module.named_parameters(recurse=False)):
            setattr(module, name, torch.nn.Parameter(parameter.detach().clone(), requires_grad=parameter.requires_grad))
    devices = {tensor.device for tensor in [*thing.parameters(), *thing.buffers()]}
    if len(devices) > 1:
        raise ValueError("this module is on several devices")
    return devices.pop() if devices else None


def to_device(thing, device):
    return thing.to(device)


def add_on_device_of(X, Y):
    return X + Y.to(X.device)
