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
        inner = ", ".join(_tensor(i, 3) if isinstance(i, torch.Tensor) else describe(i, 80) for i in value[:4])
        return f"{type(value).__name__} of {len(value)}: {inner}{', ...' if len(value) > 4 else ''}"[:limit]
    short = _Short()
    short.maxstring = short.maxother = short.maxlong = 120
    short.maxlist = short.maxtuple = short.maxset = short.maxdict = short.maxfrozenset = 12
    try:
        return short.repr(value)[:limit]
    except Exception as error:
        return f"{type(value).__name__} that cannot be shown ({type(error).__name__})"


class _Short(reprlib.Repr):
    """Shortens tensors too, wherever in a value they are: torch can take minutes to print one with many short sides."""

    def repr1(self, x: Any, level: int) -> str:
        """See `reprlib.Repr`."""
        return _tensor(x, 3) if isinstance(x, torch.Tensor) else super().repr1(x, level)


def _tensor(value: torch.Tensor, few: int = FEW) -> str:
    dtype = str(value.dtype).removeprefix("torch.")
    if value.dim() == 0:
        return f"{dtype} number {_number(value)}"
    numbers = ", ".join(_number(item) for item in value.detach().reshape(-1)[:few])
    more = ", ..." if value.numel() > few else ""
    return f"{dtype} tensor of shape {tuple(value.shape)}: {numbers}{more}"


def _number(value: torch.Tensor) -> str:
    item = value.item()
    if isinstance(item, complex):
        return f"{item.real:.4g}{item.imag:+.4g}j"
    return f"{item:.5g}" if isinstance(item, float) else str(item)


def difference(seen: Any, expected: Any, dtypes: bool = True) -> tuple[str, str]:
    """Return how two values differ, as two texts that begin with the place of the first difference.

    Of tensors they tell the shape if that differs, else the dtype, else the first values that do; of lists and dicts,
    the first item that differs. Without `dtypes`, another dtype is no difference.
    """
    if not dtypes:
        seen, expected = _of_one_dtype(seen, expected)
    place, seen, expected = _first_difference(seen, expected)
    if isinstance(seen, torch.Tensor) and isinstance(expected, torch.Tensor):
        texts = _tensors(seen, expected)
    else:
        texts = describe(seen), describe(expected)
    return (f"item {place}, {texts[0]}", f"item {place}, {texts[1]}") if place else texts


def _of_one_dtype(seen: Any, expected: Any) -> tuple[Any, Any]:
    """Return two values whose tensors at the same place have the same dtype."""
    if isinstance(seen, torch.Tensor) and isinstance(expected, torch.Tensor):
        common = torch.promote_types(seen.dtype, expected.dtype)
        return seen.to(common), expected.to(common)
    if isinstance(seen, dict) and isinstance(expected, dict) and seen.keys() == expected.keys():
        pairs = {key: _of_one_dtype(seen[key], expected[key]) for key in expected}
        return {key: pair[0] for key, pair in pairs.items()}, {key: pair[1] for key, pair in pairs.items()}
    if type(seen) is type(expected) and type(seen) in (list, tuple) and len(seen) == len(expected):
        both = [_of_one_dtype(one, other) for one, other in zip(seen, expected, strict=True)]
        return type(seen)(pair[0] for pair in both), type(seen)(pair[1] for pair in both)
    return seen, expected


def _first_difference(seen: Any, expected: Any) -> tuple[str, Any, Any]:
    """Return the place of the first item that differs, such as ``[0]['bias']``, and both items."""
    pairs: list[tuple[str, Any, Any]] = []
    if isinstance(seen, dict) and isinstance(expected, dict) and seen.keys() == expected.keys():
        pairs = [(f"[{describe(key, 60)}]", seen[key], value) for key, value in expected.items()]
    elif type(seen) is type(expected) and isinstance(expected, (list, tuple)) and len(seen) == len(expected):
        if all(_is_plain(item) for item in expected):
            return "", seen, expected
        pairs = [(f"[{index}]", *pair) for index, pair in enumerate(zip(seen, expected, strict=True))]
    for place, one, other in pairs:
        if not _same(one, other):
            inner, one, other = _first_difference(one, other)
            return place + inner, one, other
    return "", seen, expected


def _is_plain(value: Any) -> bool:
    """Whether a value is best shown among its neighbours: a list of numbers or names is clearer as a whole."""
    return value is None or isinstance(value, (bool, int, float, str))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, torch.Tensor) and isinstance(other, torch.Tensor):
        if one.device != other.device:
            return False
        return one.shape == other.shape and one.dtype == other.dtype and not len(_differing(one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in other)
    if isinstance(one, (list, tuple)) and type(one) is type(other):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    try:
        return bool(one == other)
    except Exception:
        return False


def _differing(seen: torch.Tensor, expected: torch.Tensor) -> torch.Tensor:
    """Return the indices at which two tensors of one shape and dtype differ by more than rounding."""
    close = torch.isclose(seen.detach(), expected.detach(), rtol=1e-5, atol=1e-6, equal_nan=True)
    return (~close).nonzero()


def _tensors(seen: torch.Tensor, expected: torch.Tensor) -> tuple[str, str]:
    if seen.shape != expected.shape:
        return f"shape {tuple(seen.shape)}", f"shape {tuple(expected.shape)}"
    if seen.dtype != expected.dtype:
        return f"dtype {str(seen.dtype)[6:]}", f"dtype {str(expected.dtype)[6:]}"
    if seen.device != expected.device:
        return f"device {seen.device}", f"device {expected.device}"
    where = _differing(seen, expected)
    if len(where) == 0:
        return describe(seen), describe(expected)
    first = tuple(where[0].tolist())
    place = f"at [{', '.join(map(str, first))}]: " if first else ""
    count = f" ({len(where)} of {seen.numel()} values differ)" if seen.numel() > 1 else ""
    return f"{place}{_number(seen[first])}{count}", f"{place}{_number(expected[first])}"
