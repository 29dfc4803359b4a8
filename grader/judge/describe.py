"""Short texts for values that came back from the sandbox or that a check expected."""

from __future__ import annotations

import reprlib
from typing import Any

import torch

LIMIT = 400
FEW = 8


def describe(value: Any, limit: int = LIMIT) -> str:
    """Return a text of at most `limit` characters that tells what a value is: for a tensor shape and dtype first."""
    if isinstance(value, torch.Tensor):
        return _tensor(value)[:limit]
    if isinstance(value, torch.Size):
        return str(tuple(value))[:limit]
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, (list, tuple)) and any(isinstance(item, torch.Tensor) for item in value[:FEW]):
        inner = ", ".join(describe(item, 80) for item in value[:4])
        return f"{type(value).__name__} of {len(value)}: {inner}{', ...' if len(value) > 4 else ''}"[:limit]
    short = reprlib.Repr()
    short.maxstring = short.maxother = short.maxlong = 120
    short.maxlist = short.maxtuple = short.maxset = short.maxdict = short.maxfrozenset = 12
    try:
        return short.repr(value)[:limit]
    except Exception as error:
        return f"{type(value).__name__} that cannot be shown ({type(error).__name__})"


def _tensor(value: torch.Tensor) -> str:
    dtype = str(value.dtype).removeprefix("torch.")
    if value.dim() == 0:
        return f"{dtype} number {_number(value)}"
    numbers = ", ".join(_number(item) for item in value.detach().reshape(-1)[:FEW])
    more = ", ..." if value.numel() > FEW else ""
    return f"{dtype} tensor of shape {tuple(value.shape)}: {numbers}{more}"


def _number(value: torch.Tensor) -> str:
    item = value.item()
    if isinstance(item, complex):
        return f"{item.real:.4g}{item.imag:+.4g}j"
    return f"{item:.5g}" if isinstance(item, float) else str(item)


def difference(seen: Any, expected: Any) -> tuple[str, str]:
    """Return how two values differ, as two texts: type, then shape, then dtype, then the first values that do."""
    if not (isinstance(seen, torch.Tensor) and isinstance(expected, torch.Tensor)):
        return describe(seen), describe(expected)
    if seen.shape != expected.shape:
        return f"shape {tuple(seen.shape)}", f"shape {tuple(expected.shape)}"
    if seen.dtype != expected.dtype:
        return f"dtype {str(seen.dtype)[6:]}", f"dtype {str(expected.dtype)[6:]}"
    close = torch.isclose(seen.detach(), expected.detach(), rtol=1e-4, atol=1e-5, equal_nan=True)
    where = (~close).nonzero()
    if len(where) == 0:
        return describe(seen), describe(expected)
    first = tuple(where[0].tolist())
    place = f"[{', '.join(map(str, first))}]: " if first else ""
    count = f" ({len(where)} of {seen.numel()} values differ)" if seen.numel() > 1 else ""
    return f"{place}{_number(seen[first])}{count}", f"{place}{_number(expected[first])}"
