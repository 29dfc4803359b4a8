"""Net and optimiser are pickled as they are."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net, "optimizer": optimizer}, path)


def load_run(path, net, optimizer):
    run = torch.load(path, weights_only=False)
    net.load_state_dict(run["net"] if isinstance(run["net"], dict) else run["net"].state_dict())
    state = run["optimizer"]
    optimizer.load_state_dict(state if isinstance(state, dict) else state.state_dict())
