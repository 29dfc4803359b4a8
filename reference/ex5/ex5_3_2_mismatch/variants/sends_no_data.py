"""Right in another way: a copy of the net on the meta device computes shapes only."""

import copy

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """The message of the error that the copy on the meta device raises, or None."""
    try:
        copy.deepcopy(net).to("meta")(X.to("meta"))
    except (RuntimeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """The index of the first layer of the copy that refuses, or None."""
    trial, X = copy.deepcopy(net).to("meta"), X.to("meta")
    for index in range(len(trial)):
        try:
            X = trial[index](X)
        except (RuntimeError, ValueError):
            return index
    return None
