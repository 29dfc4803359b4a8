"""Warm-up 4.2: save an optimiser together with its net, so that training can go on."""

import torch
from torch import nn


def save_run(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> None:
    """Write a dictionary with two entries to one file, called exactly `path`.

    ``"net"`` is the `state_dict` of `net`, ``"optimizer"`` that of `optimizer`; there are no other
    entries. ``torch.load(path, weights_only=True)`` returns this dictionary then. A file of that name
    that is there already is replaced. Nothing else changes: not the net, not its train/eval mode, not
    the optimiser.

    Example::

        net = nn.Linear(4, 1)
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
        save_run("run.pt", net, optimizer)
    """
    raise NotImplementedError


def load_run(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> None:
    """Bring `net` and `optimizer` back to the state that the file holds.

    Training can then go on with these very two objects, as if it had never been interrupted: the net has
    its parameters and buffers again, the optimiser all that it remembers of earlier steps and its
    hyperparameters, such as the learning rate of each group. The parameters of `net` stay the same
    objects, and its train/eval mode stays.

    Args:
        path: a file of `save_run`, or one that is built in the same way; it may have been written by
            another process and renamed since.
        net: a net built like the one that was saved, with whatever values.
        optimizer: an optimiser of the same class over the parameters of `net`, in the same groups; it may
            have taken steps already.

    Raises:
        FileNotFoundError: if there is no such file.
        Exception: of any class, if `net` has not the same entries in its `state_dict`, in names and
            shapes, as the file. What net and optimiser hold then is up to you.
    """
    raise NotImplementedError
