"""Results come back from the gradebook as they went in."""

from __future__ import annotations

import json
import zlib

import pytest
from reports import samples

from grader import stored
from grader.results import Diagnosis, Location, SourceLine, Status, Text


def full():
    """Return a result in which every field says something."""
    place = Location("ex5/a.py", 3, "f", (SourceLine(2, "x = 1"), SourceLine(3, "\ud800", True)))
    seen, more = Text("shape (2,)", "形状 (2,)"), Text("shape (3,)", "形状 (3,)")
    checks = [
        samples.check(f"test_{status}", status, message=Text("m", "讯"), hint=Text("h", "提"), seen=seen, expected=more)
        for status in Status
    ]
    detailed = samples.check("last", Status.ERROR, location=place, frames=(place, place), seconds=0.25)
    diagnosis = Diagnosis("name", Text("a", "甲"), Text("b", "乙"), Text("c", "丙"), "book")
    more = {
        "diagnoses": (diagnosis,),
        "output": samples.HOSTILE,
        "notes": (Text("n", "注"),),
        "signs": (Text("s", "迹"),),
        "seconds": 1.5,
    }
    return samples.result(samples.exercise("5.1.2", Text("T", "题"), *checks, detailed, **more))


def test_a_result_is_kept_whole():
    """What comes out is equal to what went in, both languages and every location."""
    assert stored.from_bytes(stored.to_bytes(full())) == full()


def test_storing_is_repeatable():
    """The same result gives the same bytes."""
    assert stored.to_bytes(full()) == stored.to_bytes(full())


@pytest.mark.parametrize(
    "data", [b"", b"not zlib", zlib.compress(b"[]"), zlib.compress(b"{}"), zlib.compress(json.dumps([2, [1]]).encode())]
)
def test_other_bytes_are_refused(data):
    """Bytes that are no stored result raise ValueError and nothing else."""
    with pytest.raises(ValueError, match=r"stored result|values to unpack|expected"):
        stored.from_bytes(data)


@pytest.mark.parametrize("version", [1, 99])
def test_another_format_is_refused(version):
    """A result of an earlier or of a later version is not misread."""
    with pytest.raises(ValueError, match=f"format {version}, not 2"):
        stored.from_bytes(zlib.compress(json.dumps([version, []]).encode()))
