"""Warm-up 4.1: write tensors and the parameters of a net to a file, and read them back."""

from torch import Tensor, nn


def save_tensors(path: str, tensors: Tensor | list[Tensor] | dict[str, Tensor]) -> None:
    """Write one tensor, a list of tensors or a dictionary of tensors to one file, called exactly `path`.

    Lists and dictionaries may be empty. Tensors have any shape and any dtype. What is handed in is not
    changed. A file of that name that is there already is replaced.

    Example::

        save_tensors("x-file", torch.arange(4))
        save_tensors("xy-files", [torch.arange(4), torch.zeros(4)])
        save_tensors("mydict", {"x": torch.arange(4), "y": torch.zeros(4)})
    """
    raise NotImplementedError


def load_tensors(path: str) -> Tensor | list[Tensor] | dict[str, Tensor]:
    """Return what `save_tensors` wrote to `path`: a tensor, a list or a dict, just as it was then.

    A list has its order, a dict its keys and their order, every tensor its values, shape and dtype. What
    is returned is new: it shares no memory with what was saved, or with what another call returns. The
    file may have been written by another process and renamed since.

    Raises:
        FileNotFoundError: if there is no such file.

    Example::

        load_tensors("x-file")  # tensor([0, 1, 2, 3])
    """
    raise NotImplementedError


def save_net(path: str, net: nn.Module) -> None:
    """Write the `state_dict` of `net`, and nothing else, to one file, called exactly `path`.

    ``torch.load(path, weights_only=True)`` returns it then: a dictionary of all parameters and buffers,
    by name. `net` is not changed, not even its train/eval mode.

    Example::

        save_net("mlp.params", net)
    """
    raise NotImplementedError


def load_net(path: str, net: nn.Module) -> nn.Module:
    """Give `net` the parameters and buffers that `save_net` wrote to `path`; return `net` itself.

    Its parameters stay the same objects and can be trained as before; its train/eval mode stays.

    Args:
        path: a file of `save_net`, perhaps of another process and renamed since.
        net: a net built like the one that was saved, with whatever values.

    Raises:
        FileNotFoundError: if there is no such file.
        Exception: of any class, if `net` has not the same entries in its `state_dict`, in names and
            shapes, as the file. What `net` holds then is up to you.

    Example::

        clone = load_net("mlp.params", MLP())
    """
    raise NotImplementedError
