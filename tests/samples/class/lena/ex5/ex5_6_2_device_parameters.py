"""Exercise 5.6.2: read and write parameters on a GPU."""

import torch
from torch import nn


def try_gpu(i: int = 0) -> torch.device:
    """Return GPU number `i` if this machine has it, otherwise the CPU.

    The answer is a `torch.device`, with its number if it is a GPU:
    on a machine with two GPUs, ``try_gpu()`` is ``torch.device("cuda:0")``, ``try_gpu(1)`` is
    ``torch.device("cuda:1")`` and ``try_gpu(2)`` is ``torch.device("cpu")``.
    """
    raise NotImplementedError


def try_all_gpus() -> list[torch.device]:
    """Return all GPUs of this machine, in order, or ``[torch.device("cpu")]`` if it has none."""
    raise NotImplementedError


def save_parameters(net: nn.Module, path: str) -> None:
    """Write all parameters and buffers of `net` to the file `path`.

    The net may be on any device, and is on the same one afterwards. Buffers are the tensors of a
    net that no optimiser changes, such as the running mean of `nn.BatchNorm1d`.

    Example::

        save_parameters(net, "net.params")
    """
    raise NotImplementedError


def load_parameters(net: nn.Module, path: str, device: torch.device | str) -> nn.Module:
    """Fill `net` with what `save_parameters` wrote to `path`, on `device`, and return `net` itself.

    Afterwards every parameter and every buffer of `net` is on `device`, and has the value from the
    file (a buffer that is not part of the ``state_dict`` is only moved). The file may have been
    written on another machine, on a device which this one does not have. `net` has the
    architecture of the net that was saved. Parameters which are on `device` already stay the same
    `nn.Parameter` objects, so that an optimiser that knows them still works.

    `device` is a string or a `torch.device`. Example::

        net = load_parameters(net, "net.params", try_gpu())
    """
    raise NotImplementedError
