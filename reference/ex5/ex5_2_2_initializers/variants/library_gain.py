"""Everything that the library has, from the library."""

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
            m.weight.uniform_(-10, 10)
            m.weight *= m.weight.abs() >= 5


def xavier_uniform_bound(fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    return gain * math.sqrt(6 / (fan_in + fan_out))


def xavier_normal_std(fan_in: int, fan_out: int, gain: float = 1.0) -> float:
    return gain * math.sqrt(2 / (fan_in + fan_out))


def kaiming_uniform_bound(fan: int, gain: float) -> float:
    return gain * math.sqrt(3 / fan)


def kaiming_normal_std(fan: int, gain: float) -> float:
    return gain / math.sqrt(fan)


def gain(nonlinearity: str, param: float | None = None) -> float:
    return nn.init.calculate_gain(nonlinearity, param)
