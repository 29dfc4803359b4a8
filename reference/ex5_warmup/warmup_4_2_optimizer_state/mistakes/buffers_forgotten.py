"""Only the parameters of the net are in the file."""

import torch


def save_run(path, net, optimizer):
    values = {name: parameter.detach() for name, parameter in net.named_parameters()}
    torch.save({"net": values, "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    run = torch.load(path)
    net.load_state_dict(run["net"], strict=False)
    optimizer.load_state_dict(run["optimizer"])
