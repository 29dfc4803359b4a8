"""Only the momentum is restored, by its name."""

import torch


def save_run(path, net, optimizer):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_run(path, net, optimizer):
    run = torch.load(path)
    net.load_state_dict(run["net"])
    state = run["optimizer"]["state"]
    kept = {i: {"momentum_buffer": entry["momentum_buffer"]} for i, entry in state.items() if "momentum_buffer" in entry}
    optimizer.load_state_dict({"state": kept, "param_groups": run["optimizer"]["param_groups"]})
