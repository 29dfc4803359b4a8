"""Adam counts its steps from zero again."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    run = torch.load(path)
    net.load_state_dict(run["net"])
    for entry in run["optimizer"]["state"].values():
        if "step" in entry:
            entry["step"] = torch.zeros_like(entry["step"])
    optimizer.load_state_dict(run["optimizer"])
