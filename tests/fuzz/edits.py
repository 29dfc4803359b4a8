"""Bytes for the tests of targets: seeds with changes made to them, and bytes without any sense."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# Few examples, always the same ones: `make fuzz` is for finding new ones.
steady = settings(
    deadline=None, derandomize=True, database=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow]
)
_TELLING = (b"\0", b"\xff", b"\xff" * 8, b"\x7f\xff\xff\xff", b"[", b"{", b"}", b'"', b"\n", b"../", b"/", b"9" * 30)


@st.composite
def edited(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """Seeds with up to eight changes: bytes replaced, put in, left out or repeated, or the end cut off."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 16)))
        what = draw(st.sampled_from("replace insert remove repeat cut splice".split()))
        piece = draw(st.one_of(st.sampled_from(_TELLING), st.binary(max_size=8)))
        if what == "replace":
            data[start : start + len(piece)] = piece
        elif what == "insert":
            data[start:start] = piece
        elif what == "remove":
            del data[start:end]
        elif what == "repeat":
            data[start:end] = data[start:end] * draw(st.integers(2, 40))
        elif what == "cut":
            del data[start:]
        else:
            other = draw(st.sampled_from(seeds))
            data[start:] = other[draw(st.integers(0, len(other))) :]
    return bytes(data)


def strange(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Bytes of every kind: mostly seeds with changes, some without any sense."""
    return st.one_of(edited(seeds), edited(seeds), st.binary(max_size=200))
