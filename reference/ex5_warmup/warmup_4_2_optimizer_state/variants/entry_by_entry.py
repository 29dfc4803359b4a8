"""The net's values are copied in place, a moment's copy is saved."""

import copy

import torch


def save_run(path, net, optimizer):
    run = copy.deepcopy({"net": net.state_dict(), "optimizer": optimizer.state_dict()})
    torch.save(run, path, _use_new_zipfile_serialization=False)


def load_run(path, net, optimizer):
    run = torch.load(path)
    with torch.no_grad():
        own = net.state_dict()
        if {name: tensor.shape for name, tensor in own.items()} != {name: v.shape for name, v in run["net"].items()}:
            raise ValueError("the file is of another net")
        for name, tensor in own.items():
            tensor.copy_(run["net"][name])
    optimizer.load_state_dict(run["optimizer"])
