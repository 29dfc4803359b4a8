"""Exercise 5.5.1: store parameters to stop training, and to go on."""

import torch
from torch import nn


def save_checkpoint(
    path: str,
    net: nn.Module,
    optimizer: torch.optim.Optimizer,
    epoch: int,
) -> None:
    """Write everything that training needs to go on into one file.

    The file is called exactly `path` (an existing one is replaced), and
    ``torch.load(path, weights_only=True)`` must be able to read it. Nothing else changes: not the
    net, not its train/eval mode, not the optimiser.

    Args:
        path: name of the file, such as ``"run.pt"``.
        net: its parameters and its buffers are stored.
        optimizer: its whole state is stored, hyperparameters such as the learning rate included.
        epoch: the number of epochs done so far.

    Example::

        net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
        save_checkpoint("run.pt", net, optimizer, 3)
    """
    raise NotImplementedError


def load_checkpoint(path: str, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    """Bring `net` and `optimizer` back to the state in the file; return the epoch.

    Both are restored in place: the very objects that were handed in get the values of the file, so
    that training simply goes on with them, and ends with the same numbers as if it had never been
    interrupted. The file may have been written by another process and renamed since. The train/eval
    mode of `net` stays.

    Args:
        path: a file that `save_checkpoint` has written.
        net: a net of the same architecture, with whatever values.
        optimizer: an optimiser of the same kind over the parameters of `net`.

    Returns:
        The ``epoch`` that was saved, an int.

    Raises:
        FileNotFoundError: if there is no such file.
        Exception: of any class, if the file is of another architecture, that is, if the keys or the
            shapes in its net's ``state_dict()`` are not those of `net`. Every parameter, every
            buffer and the optimiser's state are then as they were before the call.

    Example, in another process::

        net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
        epoch = load_checkpoint("run.pt", net, optimizer)  # 3
    """
    raise NotImplementedError


# Which of these are true? A set of the words in front of the colons, such as
# {"resume_after_crash", ...}.
#
#   resume_after_crash:         after a power cut, training can go on from the last checkpoint
#                               instead of beginning again.
#   go_back_to_best_epoch:      when the validation error has begun to rise, an earlier and better
#                               state of the net can be brought back.
#   share_and_reproduce:        others can check a result with the very parameters behind it,
#                               without training the net themselves.
#   start_of_fine_tuning:       training on a new task can begin with parameters learned on an old
#                               one.
#   saves_the_architecture:     a file of parameters is enough to get the net back, without the code
#                               that builds it.
#   no_optimizer_state_needed:  training with momentum or Adam goes on exactly the same if the
#                               parameters alone are restored.
#   safe_to_load_from_anyone:   any checkpoint may be opened with pickle without a thought, wherever
#                               it comes from, since it only holds numbers.
#   faster_convergence_by_itself: a run that stops, saves, loads and goes on needs fewer epochs than
#                               one that never stops.
REASONS = ...  # replace the dots with your set
