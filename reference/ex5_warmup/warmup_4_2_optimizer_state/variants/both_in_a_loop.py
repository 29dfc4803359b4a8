"""Net and optimiser are treated alike; both are returned."""

import torch


def save_run(path, net, optimizer):
    parts = {"net": net, "optimizer": optimizer}
    torch.save({name: part.state_dict() for name, part in parts.items()}, path)


def load_run(path, net, optimizer):
    parts = {"net": net, "optimizer": optimizer}
    for name, state in torch.load(path).items():
        parts[name].load_state_dict(state)
    return net, optimizer
