"""The students of a class one by one."""

from dataclasses import replace

import pytest

from grader.class_result import Entry, Outcome
from grader.reports import class_rows
from grader.results import Status, Text

from .classes import class_of, column, entry, every_trouble, marks

ONE, TWO = column("5.1.1", 2, 4.0), column("5.1.2", 3, 6.0)


def test_cells_say_how_each_exercise_went():
    """Full marks, some, none, not begun and not known look different; what is not known shows no number."""
    columns = tuple(column(f"5.1.{i}", 2, 4.0) for i in range(1, 7))
    statuses = [
        (Status.PASSED,),
        (Status.PASSED, Status.ERROR),
        (Status.FAILED,),
        (Status.NOT_ATTEMPTED,),
        (Status.PASSED, Status.GRADER_ERROR),
    ]
    work = [marks(one, *found) for one, found in zip(columns, statuses, strict=False)]
    (row,) = class_rows.rows(class_of(columns, entry("ann", *work)))
    assert [(cell.text, cell.look) for cell in row.cells] == [
        ("4", "full"),
        ("2", "part"),
        ("0", "zero"),
        ("0", "idle"),
        ("–", "open"),
        ("–", "open"),
    ]


def test_tags_of_every_trouble():
    """Each student can be found by what became of the hand-in."""
    found = {row.entry.key: set(row.tags) - {"outcome_marked"} for row in class_rows.rows(every_trouble())}
    assert found == {
        "best": {"tag_full", "tag_same_code"},
        "slow": {"tag_timeout", "tag_same_code"},
        "ended": {"tag_timeout", "tag_late"},
        "greedy": {"tag_again"},
        "ours": {"tag_grader_error", "tag_same_code"},
        "all_ours": {"tag_grader_error"},
        "no_gpu": {"tag_incomplete", "tag_same_code"},
        "idle": {"tag_nothing"},
        "stranger": {"tag_unmatched"},
        "noted": set(),
        "absent": {"outcome_no_submission"},
        "refused": {"outcome_refused"},
        "crashed": {"outcome_crashed"},
    }


def test_tags_are_counted_in_order():
    """The filter offers what occurs, in one order."""
    counts = class_rows.tag_counts(class_rows.rows(every_trouble()))
    assert counts[:5] == [
        ("outcome_marked", 10),
        ("outcome_no_submission", 1),
        ("outcome_refused", 1),
        ("outcome_crashed", 1),
        ("tag_grader_error", 2),
    ]
    assert [tag for tag, _ in counts] == [tag for tag in class_rows.TAGS if tag in dict(counts)]


def test_concerns():
    """Everyone to look at is listed under the reason, with the exercises that it is about."""
    found = {
        concern.name: [(one.key, *ids) for one, ids in concern.cases]
        for concern in class_rows.concerns(every_trouble())
    }
    assert found == {
        "grader_error": [("ours", "5.1.2"), ("all_ours", "5.1.1", "5.1.2", "5.6.1")],
        "crashed": [("crashed",)],
        "refused": [("refused",)],
        "unmatched": [("stranger",)],
        "timeout": [("slow", "5.1.1"), ("ended", "5.1.2")],
        "ended": [("ended", "5.1.1")],
        "memory": [("greedy", "5.1.1")],
        "incomplete": [("no_gpu", "5.6.1")],
        "remarks": [("noted",)],
        "no_submission": [("absent",)],
    }
    assert next(iter(found)) == "grader_error"


def test_signs_are_a_concern():
    """Students whose code tried something that can be told for sure are listed with these exercises, and no others."""
    tried = replace(marks(ONE, Status.CRASHED), signs=(Text("It wrote."),))
    cls = class_of((ONE,), entry("ann", tried), entry("bob", marks(ONE, Status.FAILED)))
    found = {concern.name: [(one.key, *ids) for one, ids in concern.cases] for concern in class_rows.concerns(cls)}
    assert found == {"signs": [("ann", "5.1.1")], "ended": [("ann", "5.1.1")]}


def test_a_timeout_hides_behind_nothing():
    """A check that ran out of time is listed though another one of the exercise ended worse."""
    cls = class_of((ONE,), entry("ann", marks(ONE, Status.TIMEOUT, Status.CRASHED)))
    assert {concern.name for concern in class_rows.concerns(cls)} == {"timeout", "ended"}


def test_no_concerns():
    """A class in which all went well has nothing to look at."""
    assert class_rows.concerns(class_of((ONE,), entry("ann", marks(ONE, Status.PASSED)))) == []


def test_namesakes_are_told_apart():
    """Two students of one name carry an id; a name that is empty is replaced by one."""
    people = [
        Entry("k1", "Wei Li", Outcome.MARKED, student="17"),
        Entry("k2", "Wei Li", Outcome.MARKED),
        Entry("k3", " ", Outcome.MARKED),
        Entry("k4", "Anna", Outcome.MARKED),
    ]
    assert class_rows.labels(people) == {"k1": "Wei Li (17)", "k2": "Wei Li (k2)", "k3": "k3", "k4": "Anna"}


@pytest.mark.parametrize(
    ("key", "link"),
    [
        ("anna", "students/anna/scorecard.html"),
        ("a b", "students/a%20b/scorecard.html"),
        ("a/../b", "students/a%2F..%2Fb/scorecard.html"),
        ("javascript:x", "students/javascript%3Ax/scorecard.html"),
        ('"><b>#?', "students/%22%3E%3Cb%3E%23%3F/scorecard.html"),
        ("李", "students/%E6%9D%8E/scorecard.html"),
        ("\ud800", "students/%3F/scorecard.html"),
    ],
)
def test_links_are_quoted(key, link):
    """The address of a scorecard is relative and holds nothing that could leave its place."""
    assert class_rows.scorecard_link(entry(key)) == link


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.MARKED])
def test_no_link_without_a_scorecard(outcome):
    """Only who was marked has a scorecard."""
    assert class_rows.scorecard_link(Entry("ann", "Ann", outcome)) == ""


def test_identity():
    """The id says who it is; without one, a key that differs from the name does."""
    ann = Entry("ann", "Ann", Outcome.MARKED, student="7")
    assert class_rows.identity(ann) == "7"
    assert class_rows.identity(replace(ann, student="")) == "ann"
    assert class_rows.identity(replace(ann, student="", name="ann")) == ""
