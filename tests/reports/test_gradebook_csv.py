"""The gradebook as a table."""

import csv
import io
from dataclasses import replace

import pytest

from grader.class_result import ExerciseColumn, Outcome
from grader.reports.gradebook_csv import gradebook_csv
from grader.results import Status, Text

from . import list_samples as samples


def rows(text: str) -> list[dict[str, str]]:
    """Return the lines of a CSV file by the names of the columns, all of them of the same length."""
    lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(set(lines[0])) == len(lines[0])
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def by_name(text: str) -> dict[str, dict[str, str]]:
    """Return the lines by the student's name."""
    return {row["name"]: row for row in rows(text)}


def test_a_student_with_full_marks():
    """A line holds who, how much, and the points of every exercise, as plain numbers."""
    assert by_name(gradebook_csv(samples.usual()))["Ann"] == {
        "id": "s-ann",
        "name": "Ann",
        "email": "ann@uni.example",
        "outcome": "marked",
        "score": "10",
        "max score": "10",
        "percent": "100",
        "complete": "yes",
        "late": "no",
        "attempt": "1",
        "in roster": "yes",
        "5.1.2 A parallel block": "6",
        "5.6.2 Parameters, on a GPU": "4",
        "diagnoses": "",
        "remarks": "",
        "folder": "ann",
    }


def test_numbers_are_numbers():
    """Scores stand in the file without quotes."""
    assert b'"marked",10,10,100,"yes","no",1,"yes",6,4,"","","ann"\r\n' in gradebook_csv(samples.usual()).encode()


def test_late_and_again():
    """A late third attempt with a known mistake says all of that; a crash of the student's code is a zero."""
    bob = by_name(gradebook_csv(samples.usual()))["Bob"]
    assert (bob["score"], bob["percent"], bob["late"], bob["attempt"]) == ("2", "20", "yes", "3")
    assert bob["5.6.2 Parameters, on a GPU"] == "0"
    assert bob["diagnoses"] == "5.1.2: The halves are swapped."


def test_a_grader_error_is_no_zero():
    """Where the grader failed there is no number, neither for the exercise nor in total, and the remarks say why."""
    cat = by_name(gradebook_csv(samples.usual()))["Cat"]
    assert (cat["score"], cat["percent"], cat["complete"]) == ("", "", "no")
    assert (cat["5.1.2 A parallel block"], cat["5.6.2 Parameters, on a GPU"]) == ("", "4")
    assert cat["remarks"] == "not decided: 5.1.2 (grader error); 6 of 10 points so far"


def test_what_was_not_run_is_no_zero():
    """A check with points that this machine cannot run leaves exercise and total open; one without points does not."""
    gpu = (samples.FULL[0], samples.marks(Status.NOT_RUN, Status.PASSED))
    row = rows(gradebook_csv(samples.a_class(samples.entry("hal", gpu, complete=False))))[0]
    assert (row["score"], row["5.6.2 Parameters, on a GPU"]) == ("", "")
    assert row["remarks"] == "not decided: 5.6.2 (not run); 6 of 10 points so far"


def test_a_spec_that_could_not_be_read():
    """Marks whose checks are not those of the column leave no number behind."""
    spec = (samples.marks(Status.GRADER_ERROR), samples.FULL[1])
    row = rows(gradebook_csv(samples.a_class(samples.entry("hal", spec))))[0]
    assert (row["score"], row["5.1.2 A parallel block"]) == ("", "")


def test_an_open_score_stays_open_without_a_known_cause():
    """An entry that is not complete has no score even where every exercise looks decided."""
    row = rows(gradebook_csv(samples.a_class(samples.entry("hal", complete=False))))[0]
    assert row["score"] == ""
    assert row["remarks"] == "some checks could not be decided; 10 of 10 points so far"


@pytest.mark.parametrize(
    "entry",
    [samples.entry("hal", samples.BROKEN), samples.unmarked("hal", Outcome.CRASHED)],
)
def test_a_fault_of_ours_never_counts(entry):
    """Where the grader failed there is no score, even if the entry calls itself complete."""
    row = rows(gradebook_csv(samples.a_class(replace(entry, complete=True))))[0]
    assert (row["score"], row["complete"]) == ("", "no")


def test_no_submission_is_a_zero():
    """Who is in the roster and handed in nothing is there with 0 and says so; no exercise was marked."""
    dan = by_name(gradebook_csv(samples.usual()))["Dan"]
    assert (dan["outcome"], dan["score"], dan["percent"], dan["complete"]) == ("no submission", "0", "0", "yes")
    assert (dan["attempt"], dan["5.1.2 A parallel block"]) == ("", "")


@pytest.mark.parametrize(("name", "outcome"), [("Eve", "refused"), ("Fay", "marking broke off")])
def test_what_could_not_be_marked_has_no_score(name, outcome):
    """A hand-in that was refused or that broke the marking has no number, but a reason."""
    row = by_name(gradebook_csv(samples.usual()))[name]
    assert (row["outcome"], row["score"], row["complete"]) == (outcome, "", "no")
    assert row["remarks"].endswith(("The archive is damaged.", "The worker ended."))


def test_a_crash_is_ours():
    """The remarks on a hand-in that broke the marking say that it is not the student's fault."""
    assert "not the student's fault" in by_name(gradebook_csv(samples.usual()))["Fay"]["remarks"]


def test_unmatched():
    """A hand-in that the roster does not know is there with its score and its notes."""
    gus = by_name(gradebook_csv(samples.usual()))["Gus"]
    assert (gus["in roster"], gus["score"], gus["remarks"]) == ("no", "2", "a.zip was ignored")


def test_without_a_roster():
    """Without a roster nobody is said to be in it."""
    row = rows(gradebook_csv(samples.a_class(samples.entry("ann"), has_roster=False)))[0]
    assert row["in roster"] == ""


def test_without_isolation():
    """What was marked without a sandbox says so on every line that has a score."""
    found = rows(gradebook_csv(samples.a_class(*samples.usual().entries, sandbox="none")))
    assert [row["name"] for row in found if "without isolation" in row["remarks"]] == ["Ann", "Bob", "Cat", "Gus"]


def test_an_empty_class():
    """A class without students or exercises is a header."""
    assert rows(gradebook_csv(samples.a_class())) == []
    assert gradebook_csv(samples.a_class(exercises=())).count("\r\n") == 1


def test_percent_is_never_rounded_up():
    """Almost everything is not 100 percent, and without points there is no percentage."""
    almost = samples.entry("ann", score=9.9999)
    assert rows(gradebook_csv(samples.a_class(almost)))[0]["percent"] == "99.99"
    assert rows(gradebook_csv(samples.a_class(almost, max_score=0.0)))[0]["percent"] == ""


@pytest.mark.parametrize("name", samples.HOSTILE_NAMES)
def test_hostile_texts(name):
    """Names, addresses, notes and titles that attack change neither the lines nor the columns, and are no formulas."""
    bad = Text(name, name)
    column = ExerciseColumn("=1", "n", bad, 1.0, ())
    entry = samples.entry(name, name=name, email=name, student=name, reason=bad, notes=(bad,), outcome=Outcome.REFUSED)
    text = gradebook_csv(samples.a_class(entry, exercises=(column,)))
    text.encode()
    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [len(line) for line in found] == [15, 15]
    for cell in (*found[0], *found[1]):
        assert cell[:1] not in "=+-@\uff1d\uff0b\uff0d\uff20\t\r\u2212" or not cell, cell
        assert not set(cell) & {"\x00", "\r", "\n", "\t", "\u202e", "\u2066", "\x1b", "\ufeff"}


def test_chinese():
    """Headings, outcomes, titles and remarks are there in Chinese."""
    found = rows(gradebook_csv(samples.usual(), "zh"))
    cat = next(row for row in found if row["姓名"] == "Cat")
    assert cat["5.1.2 并行块"] == "" and cat["成绩完整"] == "否"
    assert cat["备注"] == "未定：5.1.2（评分器出错）；目前 6 分，满分 10 分"
    assert next(row for row in found if row["姓名"] == "Dan")["提交情况"] == "未提交"
