"""Exercise 5.5.2: use the first layers of one net in another."""

from torch import nn


def save_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    """Write what the first `count` modules of `net` hold into one file called `path`.

    What they hold are their parameters and buffers. Every module of the Sequential counts as one, a
    ReLU too, which has nothing to store; so does a block of several layers. Nothing of what comes
    behind goes into the file. `net` itself does not change.

    Args:
        net: any Sequential; its modules may be of any kind.
        count: at least 1, at most ``len(net)``.
        path: name of the file, such as ``"front.pt"``; an existing file is replaced.

    Example::

        teacher = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 6), nn.Linear(6, 1))
        save_first_layers(teacher, 3, "front.pt")  # Linear, ReLU, Linear
    """
    raise NotImplementedError


def load_first_layers(net: nn.Sequential, count: int, path: str) -> None:
    """Give the first `count` modules of `net` the parameters and buffers that the file holds.

    `net` is changed in place and nothing is returned. What comes behind the first `count` modules
    may be quite different from the net that was saved, and keeps its values. Afterwards the two
    nets have equal values in front but no memory in common: training one leaves the other alone.
    The loaded layers can be trained like all others. The file may have been written by another
    process and renamed since.

    Args:
        net: a Sequential whose first `count` modules are built like those that were saved.
        count: the same number as in saving.
        path: a file that `save_first_layers` has written.

    Raises:
        Exception: of any class, if the shape of a parameter or buffer in the file is not the one in
            `net`. The whole net then has the values that it had before the call.

    Example::

        student = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 6), nn.Tanh())
        load_first_layers(student, 3, "front.pt")
    """
    raise NotImplementedError
