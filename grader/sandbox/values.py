"""Pickling a probe's arguments, which the judge made, for the process that runs its body."""

from __future__ import annotations

import io
from typing import Any

import cloudpickle
import torch

from grader.sandbox.inside import storages


class _Pickler(cloudpickle.Pickler):  # type: ignore[misc]  # cloudpickle has no types
    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if kind is torch.Tensor and _is_plain(value):
            return storages.tensor, (
                value.untyped_storage(), value.dtype, value.storage_offset(), tuple(value.shape), value.stride(),
            )  # fmt: skip
        if kind is torch.storage.TypedStorage and value._untyped_storage.device.type == "cpu":
            return storages.typed, (value._untyped_storage, value.dtype)
        if kind is torch.UntypedStorage and value.device.type == "cpu":
            view = torch.empty(0, dtype=torch.uint8).set_(value)
            return storages.untyped, (view.numpy().tobytes(),)
        return super().reducer_override(value)


def _is_plain(value: torch.Tensor) -> bool:
    """Whether a tensor is no more than numbers in memory."""
    if value.layout is not torch.strided or value.device.type != "cpu" or value.requires_grad:
        return False
    return not (value.is_conj() or value.is_neg() or value.is_quantized or value._backward_hooks or vars(value))


def dumps(values: dict[str, Any]) -> bytes:
    """Return a pickle of a probe's arguments. Tensors that share memory still share it after loading."""
    file = io.BytesIO()
    _Pickler(file).dump(values)
    return file.getvalue()
