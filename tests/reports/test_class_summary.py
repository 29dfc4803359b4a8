"""What `grade batch` prints at its end."""

from grader.class_result import Outcome
from grader.reports.class_summary import class_summary

from . import list_samples as samples

HELD_BACK = "One of these may belong to a student with no submission, so canvas.csv and moodle.csv leave such"


def test_whose_zero_is_held_back():
    """Where a hand-in is nobody's and somebody has none, the line below says what the lists do, and what to do."""
    text = class_summary(samples.usual(), "out", "en").splitlines()
    place = text.index("Not in the roster: Gus")
    assert text[place + 1].startswith(HELD_BACK)
    assert "Rename the hand-in to the student's id" in text[place + 1]
    zh = class_summary(samples.usual(), "out", "zh")
    assert "canvas.csv 和 moodle.csv 暂不列入" in zh
    assert "One of" not in zh


def test_nobody_is_held_back():
    """The line is not there where everyone handed in, where every hand-in is somebody's, or without a roster."""
    dan, gus = samples.unmarked("dan", Outcome.NO_SUBMISSION), samples.entry("gus", matched=False)
    for cls in (
        samples.a_class(samples.entry("ann"), gus),
        samples.a_class(samples.entry("ann"), dan),
        samples.a_class(samples.entry("ann"), has_roster=False),
    ):
        assert HELD_BACK not in class_summary(cls, "out", "en")
