"""A batch remembers how an exercise ended, if it would end so again."""

from __future__ import annotations

import pytest
from reports import samples

from grader.batch.recall import Recall
from grader.results import Status, Text
from grader.submission import Source, Submission


def source(data: bytes = b"x = 1", file: str = "ex.py", **helpers: bytes) -> Source:
    """Return one file of a hand-in."""
    return Source("ex", file, data, Text(), helpers)


def ended(status: Status):
    """Return an exercise that ended so."""
    return samples.exercise("5.1.2", Text("T"), samples.check("test_a", Status.PASSED), samples.check("test_b", status))


@pytest.mark.parametrize("status", Status)
def test_only_what_would_end_so_again_is_kept(status):
    """Time-outs, crashes, lack of memory and our own faults are found anew each time."""
    recall = Recall()
    recall.keep(source(), ended(status))
    unsure = {Status.TIMEOUT, Status.CRASHED, Status.MEMORY, Status.GRADER_ERROR}
    assert bool(recall.known(Submission("bob", {"ex": source()}))) is (status not in unsure)


@pytest.mark.parametrize("other", [source(b"x = 2"), source(file="ex5/ex.py"), source(helper=b"")])
def test_anything_else_is_not_known(other):
    """Other bytes, another place or another module beside it make another exercise."""
    recall = Recall()
    recall.keep(source(), ended(Status.PASSED))
    assert recall.known(Submission("bob", {"ex": other})) == {}


def test_the_least_used_is_forgotten():
    """Memory does not grow with the class."""
    recall = Recall(most=2)
    for number in range(3):
        recall.keep(source(b"%d" % number), ended(Status.PASSED))
        recall.known(Submission("x", {"ex": source(b"0")}))
    known = [bool(recall.known(Submission("x", {"ex": source(b"%d" % number)}))) for number in range(3)]
    assert known == [True, False, True]
