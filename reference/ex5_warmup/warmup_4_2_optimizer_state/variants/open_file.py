"""Opens the file itself, and loads the optimiser first."""

import torch


def save_run(path, net, optimizer):
    with open(path, "wb") as file:
        torch.save(dict(optimizer=optimizer.state_dict(), net=dict(net.state_dict())), file)


def load_run(path, net, optimizer):
    with open(path, "rb") as file:
        run = torch.load(file, map_location="cpu", weights_only=True)
    optimizer.load_state_dict(run["optimizer"])
    net.load_state_dict(run["net"])
