"""Whatever a process sends for an answer, the judge has an answer or a fault of the student's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fuzz import replies
from fuzz.edits import steady, strange
from hypothesis import given

from grader.results import Status
from grader.sandbox.faults import Fault


@steady
@given(strange(replies.SEEDS))
def test_changed_replies_are_answers_or_faults(data):
    """Whatever is changed in a reply, cut off it or put behind it, nothing waits for ever and no error is ours."""
    replies.check(data)


@pytest.mark.parametrize("wrong", [KeyError("number"), RecursionError()], ids=repr)
def test_the_target_notices_errors(wrong, monkeypatch):
    """An error of the decoder's would be found."""

    def decode(tree, blob):
        raise wrong

    monkeypatch.setattr("grader.sandbox.inside.wire.decode", decode)
    with pytest.raises(type(wrong)):
        replies.check(replies.SEEDS[0])


def test_the_target_notices_long_texts():
    """A fault that repeats whatever a reply says at full length would be found."""
    fault = Fault(Status.ERROR, "E" * 201)
    with pytest.raises(AssertionError):
        replies.judge(fault, {})
    replies.judge(replace(fault, kind="E"), {})
