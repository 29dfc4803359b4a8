"""Exercise 5.6.4: products on two devices at once."""

import torch


def multiply_on(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], devices: list[torch.device | str]
) -> list[torch.Tensor]:
    """Compute the matrix product of every pair, pair i on ``devices[i % len(devices)]``.

    A GPU works on its own while Python goes on, so several devices compute at the same time,
    provided that every product is launched before anything waits for a result. Result i is the
    product ``A @ B`` of pair i, one product for each pair, and stays on the device on which it was
    computed.

    The matrices may be on any device. Moving an operand to the device of its product does not count
    as waiting; bringing it from a GPU to the CPU first does. `pairs`, `devices` and the matrices
    stay as they are. Each call begins at ``devices[0]``. Without pairs the result is an empty list;
    without devices, even if there are no pairs, a `ValueError` is raised.

    A device is a string or a `torch.device`, and may be a CPU. Example: with matrices of shapes
    (2, 3) and (3, 4), then (5, 2) and (2, 6), ``multiply_on(pairs, ["cuda:0", "cuda:1"])`` gives a
    tensor of shape (2, 4) on ``cuda:0`` and one of shape (5, 6) on ``cuda:1``.
    """
    raise NotImplementedError
