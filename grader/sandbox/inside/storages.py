"""Tensors' memory in pickles that the judge makes: the bytes alone, which costs a tenth of torch's own way.

torch pickles each storage as a file of its own format. The judge's values hold many small tensors, so that nearly all
of the time goes into these files.
"""

from __future__ import annotations

import torch


def untyped(data: bytes) -> torch.UntypedStorage:
    """Return a storage with a copy of `data`, one that can be resized as any other."""
    storage = torch.UntypedStorage(len(data))  # type: ignore[no-untyped-call]  # torch has none
    if data:
        view = torch.empty(0, dtype=torch.uint8).set_(storage)
        view.copy_(torch.frombuffer(bytearray(data), dtype=torch.uint8))
    return storage


def typed(storage: torch.UntypedStorage, dtype: torch.dtype) -> torch.storage.TypedStorage:
    """Return the view of a storage as numbers of one dtype from which torch rebuilds a tensor."""
    return torch.storage.TypedStorage(wrap_storage=storage, dtype=dtype, _internal=True)  # type: ignore[no-untyped-call]  # torch has none


def tensor(
    storage: torch.UntypedStorage, dtype: torch.dtype, offset: int, size: tuple[int, ...], stride: tuple[int, ...]
) -> torch.Tensor:
    """Return a tensor over a storage; `offset` and `stride` count numbers, not bytes."""
    return torch.empty(0, dtype=dtype).set_(storage, offset, size, stride)
