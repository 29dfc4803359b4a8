"""What the tensors in a call are: found in its arguments, by the memory that they share, by their shapes."""

from __future__ import annotations

import math
from typing import Any

import torch

# Products of one pair whatever their operands' shapes.
SINGLE = frozenset("linear bilinear tensordot dot vdot inner".split())


def plain(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor under the wrappers of `torch.func` (there are none outside of `vmap` and the like)."""
    functorch = torch._C._functorch
    while functorch.is_functorch_wrapped_tensor(tensor):
        tensor = functorch.get_unwrapped(tensor)
    return tensor


def storage_of(tensor: torch.Tensor) -> Any:
    """What two tensors over one memory have in common; the tensor itself where it has no storage (sparse)."""
    tensor = plain(tensor)
    try:
        return tensor.untyped_storage()
    except (NotImplementedError, RuntimeError):
        return tensor


def memory_of(tensor: torch.Tensor) -> int:
    """A number that two tensors have in common if they share memory."""
    storage = storage_of(tensor)
    return getattr(storage, "_cdata", None) or id(storage)


def tensors_in(*values: Any) -> list[torch.Tensor]:
    """The tensors in a nest of lists, tuples and dicts, in order."""
    found: list[torch.Tensor] = []
    for value in values:
        if isinstance(value, torch.Tensor):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found += tensors_in(*value)
        elif isinstance(value, dict):
            found += tensors_in(*value.values())
    return found


def shape_of(tensor: torch.Tensor) -> tuple[int, ...]:
    """The shape as plain numbers."""
    return tuple(int(n) for n in tensor.size())


def batch_of(name: str, operands: list[torch.Tensor], out: Any) -> int:
    """How many matrix products are in one call of the product `name`."""
    if name in SINGLE or not isinstance(out, torch.Tensor):
        return 1
    hidden = plain(out).numel() // max(out.numel(), 1)
    if name in ("addbmm", "addbmm_") and len(operands) > 1:
        return max(1, hidden * int(operands[1].shape[0]))
    return max(1, hidden * math.prod(shape_of(out)[:-2]))
