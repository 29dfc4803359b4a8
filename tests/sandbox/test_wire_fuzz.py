"""Frames that were changed on the way are plain values or refused."""

from __future__ import annotations

import pytest
from fuzz import wire
from fuzz.edits import steady, strange
from hypothesis import given

from grader.sandbox.inside.wire import MalformedError


@pytest.mark.parametrize("seed", wire.SEEDS, ids=range(len(wire.SEEDS)))
def test_unchanged_frames_are_read(seed):
    """The frames that are changed below are good ones: only their changes can be refused."""
    wire.check(seed)
    with pytest.raises(MalformedError):
        wire.wire.decode(seed[:-1], b"")


@steady
@given(strange(wire.SEEDS))
def test_changed_frames_are_read_or_refused(data):
    """Whatever is changed in a frame, plain values come out of it, or MalformedError."""
    wire.check(data)


@pytest.mark.parametrize("wrong", [object(), [range(3)], {"a": "x" * 10**6}], ids=["object", "range", "large"])
def test_the_target_notices(wrong, monkeypatch):
    """A decoder that gave objects, or more than it was given, would be found."""
    monkeypatch.setattr(wire.wire, "decode", lambda tree, blob: wrong)
    with pytest.raises(AssertionError):
        wire.check(wire.SEEDS[0])
