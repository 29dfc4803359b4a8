"""The groups are restored, without what is remembered."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    run = torch.load(path)
    net.load_state_dict(run["net"])
    for group, saved in zip(optimizer.param_groups, run["optimizer"]["param_groups"]):
        group.update({key: value for key, value in saved.items() if key != "params"})
