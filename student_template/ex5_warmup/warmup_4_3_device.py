"""Warm-up 4.3: on which device something is, and how it gets to another one."""

import torch
from torch import Tensor, nn


def device_of(thing: Tensor | nn.Module) -> torch.device | None:
    """Return the device of a tensor, or the one that all parameters and buffers of a module are on.

    A module that has neither is nowhere: the answer is None. Modules inside count as well, at any depth.
    Nothing is moved or changed.

    Raises:
        ValueError: if the parameters and buffers of a module are not all on one device.

    Example::

        device_of(torch.zeros(3))  # device(type='cpu')
        device_of(nn.Linear(2, 3, device="meta"))  # device(type='meta')
        device_of(nn.ReLU())  # None
    """
    raise NotImplementedError


def to_device(thing: Tensor | nn.Module, device: torch.device | str) -> Tensor | nn.Module:
    """Return a tensor or a module on `device`, and copy only what is not there yet.

    A tensor that is there already is returned itself. Otherwise a new tensor is returned, of the same
    shape, dtype and values, through which gradients go back if the old one asks for them; the old one
    stays where and what it is.

    A module is moved as a whole, with all its parameters and buffers, and returned itself. Those of them
    that are there already stay the same objects.

    Example::

        X = torch.rand(2, 3)
        to_device(X, "cpu") is X  # True
        to_device(X, "meta").device  # device(type='meta')
    """
    raise NotImplementedError


def add_on_device_of(X: Tensor, Y: Tensor) -> Tensor:
    """Return X + Y on the device of X, wherever Y is. X and Y stay where and what they are.

    Shapes are broadcast and dtypes combined as PyTorch does it. Gradients go back to both.

    Example::

        add_on_device_of(torch.zeros(2, 3, device="meta"), torch.ones(3)).device  # device(type='meta')
    """
    raise NotImplementedError
