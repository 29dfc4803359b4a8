"""The decoder of replies: whatever the bytes are, plain values come out, or MalformedError."""

from __future__ import annotations

from typing import Any

import torch

from grader.sandbox.inside import wire
from grader.sandbox.inside.frame import HEADER, MAX_TREE, MalformedError

MAX_BLOB = 2**16
VALUES: tuple[Any, ...] = (
    None,
    {"number": 3, "status": "ok", "value": torch.arange(6.0).reshape(2, 3), "names": ["double"]},
    {"number": 0, "status": "error", "type": "ValueError", "message": "no", "frames": [[3, "f"]], "names": []},
    [True, -1, 2**63, -(2**70), 1.5, 1 + 2j, "word", b"bytes", (1, (2,)), {1, 2}, frozenset({"a"}), {"key": [None]}],
    {dtype: torch.zeros(2, dtype=kind) for dtype, kind in wire._DTYPES.items() if dtype != "complex32"},
    [torch.empty(0, 3), torch.tensor(True), torch.ones(1, 1, 1)],
)
SEEDS = tuple(wire.encode(value) for value in VALUES)
PLAIN = (type(None), bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset, torch.Tensor)
WORDS = tuple(
    bytes([0xA0 + len(word)]) + word for word in b"list tuple set frozenset dict complex int bytes tensor".split()
)


def check(data: bytes) -> None:
    """Read bytes as a frame: its lengths, its tree and its blob."""
    header = data[: HEADER.size].ljust(HEADER.size, b"\0")
    length = min(HEADER.unpack(header)[0], MAX_TREE)
    tree, blob = data[HEADER.size :][:length], data[HEADER.size :][length:]
    try:
        found = wire.decode(tree, blob)
    except MalformedError:
        return
    assert is_plain(found)
    # The numbers of a tree cost memory too, but no more than so many bytes for each of its own.
    assert size(found) <= 100 * (len(tree) + len(blob) + 1)
    again = wire.encode(found)
    length = HEADER.unpack(again[: HEADER.size])[0]
    wire.decode(again[HEADER.size :][:length], again[HEADER.size + length :])


def is_plain(value: Any) -> bool:
    """Whether a value is made of exact built-in types and ordinary tensors."""
    if type(value) is torch.Tensor:
        return value.device.type == "cpu" and value.layout is torch.strided and not value.requires_grad
    if type(value) is dict:
        return all(is_plain(part) for pair in value.items() for part in pair)
    if type(value) in (list, tuple, set, frozenset):
        return all(is_plain(part) for part in value)
    return type(value) in PLAIN


def size(value: Any) -> int:
    """Return the bytes that a value takes, roughly."""
    if isinstance(value, torch.Tensor):
        return value.numel() * value.element_size()
    if isinstance(value, dict):
        return 8 + sum(size(part) for pair in value.items() for part in pair)
    if isinstance(value, (list, tuple, set, frozenset)):
        return 8 + sum(map(size, value))
    return len(value) if isinstance(value, (str, bytes)) else 8
