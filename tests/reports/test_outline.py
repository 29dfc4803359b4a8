"""What reports have in common: what is told once."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from grader.reports import outline
from grader.reports.github import summary_markdown
from grader.reports.scorecard import render_scorecard
from grader.reports.terminal import Printer
from grader.results import Result, Status, Text

from . import samples

STOPPED, FAILED, SKIPPED = (
    Text("Cell 4 was stopped.", "四"),
    Text("Cell 5 failed.", "五"),
    Text("Line 2 skipped.", "二"),
)


def noted(*exercises: tuple[str, tuple[Text, ...]]) -> Result:
    """Return a result of exercises with these files and notes."""
    usual = samples.usual()
    kept = zip(usual.exercises, exercises, strict=False)
    return replace(usual, exercises=tuple(replace(one, file=file, notes=notes) for one, (file, notes) in kept))


@pytest.mark.parametrize(
    ("exercises", "shared", "own"),
    [
        ([("a.ipynb", (STOPPED,))], [], [(STOPPED,)]),
        (
            [("a.ipynb", (STOPPED, FAILED)), ("a.ipynb", (FAILED, SKIPPED))],
            [("a.ipynb", (FAILED,))],
            [(STOPPED,), (SKIPPED,)],
        ),
        ([("a.ipynb", (STOPPED,)), ("b.ipynb", (STOPPED,))], [], [(STOPPED,), (STOPPED,)]),
        ([("", (STOPPED,)), ("", (STOPPED,))], [], [(STOPPED,), (STOPPED,)]),
        ([("a.ipynb", (STOPPED, STOPPED))], [], [(STOPPED, STOPPED)]),
    ],
    ids=["alone", "shared", "other file", "no file", "twice in one"],
)
def test_notes_of_a_file_are_told_once(exercises, shared, own):
    """Notes that several exercises of a file have belong to the file; all others stay where they are."""
    result, found = outline.told_once(noted(*exercises))
    assert [(one.file, one.notes) for one in found] == shared
    assert [exercise.notes for exercise in result.exercises] == own


def test_scorecard_and_terminal_tell_it_once():
    """Either shows a notebook's notes at one place, in the reader's language, and escapes its name."""
    result = noted(("<a>.ipynb", (STOPPED, FAILED)), ("<a>.ipynb", (STOPPED,)))
    page = render_scorecard(result)
    assert page.count("Cell 4 was stopped.") == page.count("Cell 5 failed.") == 1
    assert "<a>.ipynb" not in page
    assert page.index("Cell 4") < page.index('id="overview"') < page.index("Cell 5")
    for language, told in (("en", STOPPED.en), ("zh", STOPPED.zh)):
        out = StringIO()
        Printer(Console(file=out, width=80), language).result(result)
        assert out.getvalue().count(told) == 1


@pytest.mark.parametrize(
    ("statuses", "word"),
    [
        ((Status.NOT_ATTEMPTED, Status.NOT_ATTEMPTED), "Not started"),
        ((Status.NOT_ATTEMPTED, Status.PASSED), "Begun"),
        ((Status.FAILED, Status.PASSED), "Failed"),
        ((Status.PASSED, Status.PASSED), "Passed"),
    ],
)
def test_what_is_half_done_is_not_called_not_started(statuses, word):
    """Page, terminal and summary say of an exercise that it is begun where a check passes already."""
    checks = [samples.check(f"check{number}", status) for number, status in enumerate(statuses)]
    exercise = samples.exercise("5.1.1", Text("A"), *checks)
    assert outline.status_word(exercise).en == word
    result = samples.result(exercise)
    out = StringIO()
    Printer(Console(file=out, width=80)).result(result)
    for shown in (out.getvalue().lower(), render_scorecard(result).lower(), summary_markdown(result).lower()):
        assert word.lower() in shown
        assert ("begun" in shown) == (word == "Begun")
