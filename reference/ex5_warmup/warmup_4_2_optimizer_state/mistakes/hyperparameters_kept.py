"""The groups keep the hyperparameters that they have."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    run = torch.load(path)
    net.load_state_dict(run["net"])
    own = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": run["optimizer"]["state"], "param_groups": own})
