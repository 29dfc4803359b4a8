"""Exercise 5.6.1: how long does a matrix product take, on the CPU and on a GPU?"""

import torch


def time_matmul(size: int, device: str | torch.device, repeats: int = 10) -> float:
    """Return the mean time in seconds of one product of two `size` x `size` matrices on `device`.

    - Both operands are on `device` before the clock starts (they may be one and the same matrix).
    - Exactly one product is made beforehand, as a warm-up; it is not timed.
    - Then exactly `repeats` products are timed, one after the other; the result is their mean.
    - A GPU works on its own while Python goes on. Whenever the clock is read, the GPU must have
      finished all the work that it was given until then.
    - It must also run on a machine without any GPU.

    Any clock will do: the `time` module, `timeit`, CUDA events. Use one product per repetition
    (`@`, `torch.mm`, `torch.matmul`, ...), not one batch of all of them.

    Args:
        size: number of rows and of columns of both matrices.
        device: where to multiply, as text or as a `torch.device`: the CPU or `cuda:0`.
        repeats: how many products are timed.

    Example:
        cpu = time_matmul(1000, "cpu")
        if torch.cuda.is_available():
            gpu = time_matmul(1000, torch.device("cuda:0"), repeats=100)
    """
    raise NotImplementedError
