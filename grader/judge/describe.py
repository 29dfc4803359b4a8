"""Short texts for values that came back from the sandbox or that a check expected."""

from __future__ import annotations

import reprlib
from typing import Any

import torch

from grader.results import Text
from grader.translation import joined, say, say_as

LIMIT = 400
FEW = 8


def describe(value: Any, limit: int = LIMIT) -> Text:
    """Return a text that tells what a value is: for a tensor shape and dtype first.

    It has at most `limit` characters in either language. What Python writes for a value is the same in both.
    """
    words = _described(value)
    return Text(words.en[:limit], words.zh[:limit])


def _described(value: Any) -> Text:
    if isinstance(value, torch.Tensor):
        return _tensor(value)
    if isinstance(value, torch.Size):
        return _same_in_both(str(tuple(value)))
    if isinstance(value, type):
        return _same_in_both(value.__name__)
    if isinstance(value, (list, tuple)) and any(isinstance(item, torch.Tensor) for item in value[:FEW]):
        items = [_tensor(i, 3) if isinstance(i, torch.Tensor) else describe(i, 80) for i in value[:4]]
        more = [_same_in_both("...")] if len(value) > 4 else []
        inner = joined([*items, *more], say_as("between values", ", "))
        return say("{type} of {count}: {items}", type=type(value).__name__, count=len(value), items=inner)
    try:
        short = _Short("en")
        english = short.repr(value)
        return Text(english, _Short("zh").repr(value) if short.has_words else english)
    except Exception as error:
        kind, fault = type(value).__name__, type(error).__name__
        return say("{type} that cannot be shown ({error})", type=kind, error=fault)


def _same_in_both(words: str) -> Text:
    return Text(words, words)


class _Short(reprlib.Repr):
    """Shortens tensors too, wherever in a value they are: torch can take minutes to print one with many short sides.

    Args:
        language: of the words for tensors, ``"en"`` or ``"zh"``.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = 120
        self.maxlist = self.maxtuple = self.maxset = self.maxdict = self.maxfrozenset = 12
        self.language = language
        self.has_words = False

    def repr1(self, x: Any, level: int) -> str:
        """See `reprlib.Repr`."""
        if not isinstance(x, torch.Tensor):
            return super().repr1(x, level)
        self.has_words = True
        return _tensor(x, 3).get(self.language)


def _tensor(value: torch.Tensor, few: int = FEW) -> Text:
    dtype = _dtype(value)
    if value.dim() == 0:
        return say("{dtype} number {number}", dtype=dtype, number=_number(value))
    numbers = ", ".join(_number(item) for item in value.detach().reshape(-1)[:few])
    more = ", ..." if value.numel() > few else ""
    shape = tuple(value.shape)
    return say("{dtype} tensor of shape {shape}: {numbers}", dtype=dtype, shape=shape, numbers=numbers + more)


def _dtype(value: torch.Tensor) -> str:
    return str(value.dtype).removeprefix("torch.")


def _number(value: torch.Tensor) -> str:
    item = value.item()
    if isinstance(item, complex):
        return f"{item.real:.4g}{item.imag:+.4g}j"
    return f"{item:.5g}" if isinstance(item, float) else str(item)


def difference(seen: Any, expected: Any, dtypes: bool = True) -> tuple[Text, Text]:
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
    return (_item(place, texts[0]), _item(place, texts[1])) if place else texts


def _item(place: tuple[Text, ...], text: Text) -> Text:
    return say("item [{place}], {value}", place=joined(place, Text("][")), value=text)


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


def _first_difference(seen: Any, expected: Any) -> tuple[tuple[Text, ...], Any, Any]:
    """Return where the first item that differs is, as indices and keys from the outside in, and both items."""
    pairs: list[tuple[Any, Any, Any]] = []
    if isinstance(seen, dict) and isinstance(expected, dict) and seen.keys() == expected.keys():
        pairs = [(key, seen[key], value) for key, value in expected.items()]
    elif type(seen) is type(expected) and isinstance(expected, (list, tuple)) and len(seen) == len(expected):
        if all(_is_plain(item) for item in expected):
            return (), seen, expected
        pairs = [(index, *pair) for index, pair in enumerate(zip(seen, expected, strict=True))]
    for key, one, other in pairs:
        if not _same(one, other):
            inner, one, other = _first_difference(one, other)
            return (describe(key, 60), *inner), one, other
    return (), seen, expected


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


def _tensors(seen: torch.Tensor, expected: torch.Tensor) -> tuple[Text, Text]:
    if seen.shape != expected.shape:
        return say("shape {shape}", shape=tuple(seen.shape)), say("shape {shape}", shape=tuple(expected.shape))
    if seen.dtype != expected.dtype:
        return say("dtype {dtype}", dtype=_dtype(seen)), say("dtype {dtype}", dtype=_dtype(expected))
    if seen.device != expected.device:
        return say("device {device}", device=seen.device), say("device {device}", device=expected.device)
    where = _differing(seen, expected)
    if len(where) == 0:
        return describe(seen), describe(expected)
    first = tuple(where[0].tolist())
    one, other = _same_in_both(_number(seen[first])), _same_in_both(_number(expected[first]))
    if seen.numel() > 1:
        many, total = len(where), seen.numel()
        one = say("{number} ({count} of {total} values differ)", number=one, count=many, total=total)
    if not first:
        return one, other
    index = ", ".join(map(str, first))
    return say("at [{index}]: {value}", index=index, value=one), say("at [{index}]: {value}", index=index, value=other)
