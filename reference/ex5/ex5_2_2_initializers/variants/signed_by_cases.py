"""init_signed by a mask for each case; gains in a dictionary, errors by hand."""

import math

import torch
from torch import nn


def init_normal(m: nn.Module) -> None:
    if isinstance(m, nn.Linear):
        nn.init.normal_(m.weight, mean=0.0, std=0.01)
        if m.bias is not None:
            nn.init.zeros_(m.bias)


def init_constant(m: nn.Module) -> None:
    if isinstance(m, nn.Linear):
        nn.init.constant_(m.weight, 1.0)
        if m.bias is not None:
            nn.init.zeros_(m.bias)


def init_xavier(m: nn.Module) -> None:
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)


def init_signed(m: nn.Module) -> None:
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            size = torch.empty_like(m.weight).uniform_(5, 10)
            m.weight.copy_(torch.where(u < 0.25, size, torch.where(u < 0.75, torch.zeros_like(size), -size)))


def xavier_uniform_bound(fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    return gain * math.sqrt(6 / (fan_in + fan_out))


def xavier_normal_std(fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    return gain * math.sqrt(2 / (fan_in + fan_out))


def kaiming_uniform_bound(fan: int, gain: float) -> float:
    return gain * math.sqrt(3 / fan)


def kaiming_normal_std(fan: int, gain: float) -> float:
    return gain / math.sqrt(fan)


def gain(nonlinearity: str, param: float | None = None) -> float:
    gains = {"linear": 1, "sigmoid": 1, "tanh": 5 / 3, "relu": 2**0.5, "selu": 0.75}
    for d in "123":
        gains[f"conv{d}d"] = gains[f"conv_transpose{d}d"] = 1
    if nonlinearity == "leaky_relu":
        return (2 / (1 + (param if param is not None else 0.01) ** 2)) ** 0.5
    if nonlinearity not in gains:
        raise ValueError(nonlinearity)
    return gains[nonlinearity]
