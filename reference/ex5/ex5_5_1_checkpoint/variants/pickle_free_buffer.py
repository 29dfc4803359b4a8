"""Writes into memory first and keeps the state of every parameter beside its name."""

import io

import torch
from torch import nn


def save_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer, epoch: int) -> None:
    index = {p: i for i, p in enumerate(p for group in optimizer.param_groups for p in group["params"])}
    moments = {n: dict(optimizer.state.get(p, {})) for n, p in net.named_parameters() if p in index}
    groups = [{k: v for k, v in group.items() if k != "params"} for group in optimizer.param_groups]
    buffer = io.BytesIO()
    torch.save({"values": net.state_dict(), "moments": moments, "groups": groups, "done": epoch}, buffer)
    with open(path, "wb") as file:
        file.write(buffer.getvalue())


def load_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    with open(path, "rb") as file:
        stored = torch.load(io.BytesIO(file.read()), weights_only=True)
    old = net.state_dict()
    if list(old) != list(stored["values"]):
        raise KeyError(f"the file has the keys {list(stored['values'])}, the net {list(old)}")
    for name in old:
        if old[name].size() != stored["values"][name].size():
            raise ValueError(f"{name} has another shape")
    net.load_state_dict(stored["values"])
    for name, parameter in net.named_parameters():
        if name in stored["moments"]:
            optimizer.state[parameter] = stored["moments"][name]
    for group, saved in zip(optimizer.param_groups, stored["groups"], strict=True):
        group.update(saved)
    return stored["done"]


REASONS = {"resume_after_crash", "go_back_to_best_epoch", "share_and_reproduce", "start_of_fine_tuning"}
