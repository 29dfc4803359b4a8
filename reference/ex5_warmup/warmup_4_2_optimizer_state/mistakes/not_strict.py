"""What does not fit by name is passed over."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    run = torch.load(path)
    net.load_state_dict(run["net"], strict=False)
    optimizer.load_state_dict(run["optimizer"])
