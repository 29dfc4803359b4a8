"""The gradebook keeps results by content, students by key, and is whole whatever happens."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from reports import samples

from grader.batch.gradebook import Gradebook, GradebookError
from grader.class_result import Entry, Outcome, marks_of
from grader.results import Status, Text

ALICE = Entry(
    "alice",
    "Alice",
    Outcome.MARKED,
    student="17",
    email="a@b.c",
    login="al01",
    canvas_id="4711",
    late=True,
    attempt=2,
    notes=(Text("n", "注"),),
)
# What the entries of version 1 lacked.
SINCE_1 = ("login", "canvas_id")


def a_result(*statuses: Status):
    """Return a result of one exercise."""
    checks = [samples.check(f"test_{n}", status) for n, status in enumerate(statuses)]
    return samples.result(samples.exercise("5.1.2", Text("T", "题"), *checks), submission="alice")


@pytest.fixture
def path(tmp_path):
    """A place for a gradebook."""
    return tmp_path / "gradebook.sqlite"


def test_an_entry_comes_back_with_its_figures(path):
    """After closing and opening, a student has the same facts and the figures of the result."""
    found = a_result(Status.PASSED, Status.FAILED)
    with closing(Gradebook(path)) as book:
        book.record(ALICE, "k", found)
    with closing(Gradebook(path)) as book:
        assert book.entries() == [
            replace(ALICE, score=found.score, complete=True, exercises=marks_of(found), seconds=found.seconds)
        ]
        assert book.result("k") == found
        assert book.has("k")


def test_results_belong_to_contents(path):
    """Two students with the same content share a result, and each has it under the own name."""
    with closing(Gradebook(path)) as book:
        book.record(ALICE, "k", a_result(Status.PASSED))
        book.record(replace(ALICE, key="bob", name="Bob"), "k")
        assert [entry.score for entry in book.entries()] == [1.0, 1.0]
        assert [result.submission for result in book.results()] == ["Alice", "Bob"]


def test_history_is_kept(path):
    """A changed hand-in adds an attempt; the same one again does not."""
    with closing(Gradebook(path)) as book:
        book.record(ALICE, "first", a_result(Status.FAILED))
        book.record(ALICE, "first")
        book.record(ALICE, "second", a_result(Status.PASSED))
        assert [(key, score) for _, key, score in book.attempts("alice")] == [("first", 0.0), ("second", 1.0)]


def test_who_left_the_class_leaves_the_list(path):
    """Entries of students who are gone disappear; their attempts stay."""
    with closing(Gradebook(path)) as book:
        book.record(ALICE, "k", a_result(Status.PASSED))
        book.record(replace(ALICE, key="bob"), "k")
        book.keep_only(["bob"])
        assert [entry.key for entry in book.entries()] == ["bob"]
        assert len(book.attempts("alice")) == 1


def test_our_fault_is_found_anew(path):
    """A result with a grader error can be shown, but is no reason not to mark again."""
    with closing(Gradebook(path)) as book:
        book.record(ALICE, "k", a_result(Status.PASSED, Status.GRADER_ERROR))
        assert not book.has("k")
        assert book.entries()[0].has_grader_error


def test_a_crashed_hand_in_is_not_complete(path):
    """Where marking failed there is no score that could be taken for the student's."""
    with closing(Gradebook(path)) as book:
        book.record(replace(ALICE, outcome=Outcome.CRASHED, reason=Text("r", "因")), "k")
        (entry,) = book.entries()
        assert (entry.outcome, entry.complete, entry.exercises, entry.reason) == (
            Outcome.CRASHED, False, (), Text("r", "因"),
        )  # fmt: skip


def test_hostile_names_are_stored(path):
    """Lone surrogates, quotes and NUL in a name do no harm."""
    with closing(Gradebook(path)) as book:
        book.record(replace(ALICE, name="'); DROP TABLE entries; --\ud800\x00", notes=(Text("\ud800"),)), None)
        assert book.entries()[0].name.startswith("'); DROP TABLE")


def test_a_damaged_result_is_forgotten(path):
    """A result that cannot be read any more counts as none."""
    with closing(Gradebook(path)) as book:
        book.record(ALICE, "k", a_result(Status.PASSED))
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("UPDATE results SET result = x'00'")
    with closing(Gradebook(path)) as book:
        assert book.result("k") is None
        book.forget("k")
        assert not book.has("k")


@pytest.mark.parametrize("data", [b"name,score\n" * 2000, b"SQLite format 3\x00" + bytes(5000)])
def test_another_file_is_refused(path, data):
    """A file that is no gradebook is left alone, in one line."""
    path.write_bytes(data)
    with pytest.raises(GradebookError, match="cannot be used as a gradebook"):
        Gradebook(path)
    assert path.read_bytes() == data


def test_another_database_is_refused(path):
    """Somebody else's database is left alone."""
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("CREATE TABLE precious (x)")
    with pytest.raises(GradebookError, match="not one of this version"):
        Gradebook(path)


def test_a_gradebook_of_the_version_before_is_read(path):
    """What was marked by the version before is still there, and what that could not keep is there from now on."""
    found = a_result(Status.PASSED)
    with closing(Gradebook(path)) as book:
        book.record(ALICE, "k", found)
    for column in SINCE_1:
        change(path, f"ALTER TABLE entries DROP COLUMN {column}")
    change(path, "PRAGMA user_version = 1")
    with closing(Gradebook(path)) as book:
        assert [(entry.name, entry.login, entry.canvas_id, entry.score) for entry in book.entries()] == [
            ("Alice", "", "", found.score)
        ]
        assert book.result("k") == found
        book.record(ALICE, "k")
    with closing(Gradebook(path)) as book:
        (entry,) = book.entries()
        assert (entry.login, entry.canvas_id, entry.notes) == (ALICE.login, ALICE.canvas_id, ALICE.notes)


def test_a_gradebook_of_a_later_version_is_refused(path):
    """One that this version cannot know is left alone, in one line."""
    Gradebook(path).close()
    change(path, "PRAGMA user_version = 99")
    with pytest.raises(GradebookError, match="not one of this version"):
        Gradebook(path)


def test_two_runs_exclude_each_other(path):
    """A second run on the same gradebook is refused in one line."""
    with closing(Gradebook(path)), pytest.raises(GradebookError, match="locked"):
        Gradebook(path)


def change(path, statement):
    """Change the database of a gradebook that nobody has open."""
    with closing(sqlite3.connect(path)) as base:
        base.execute(statement)
        base.commit()


def test_what_breaks_off_leaves_nothing_behind(path):
    """A record that cannot be written as a whole is not there in part, and a later one is."""
    Gradebook(path).close()
    change(path, "CREATE TRIGGER full BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'full'); END")
    with closing(Gradebook(path)) as book:
        with pytest.raises(sqlite3.Error, match="full"):
            book.record(ALICE, "k", a_result(Status.PASSED))
        assert not book.has("k")
    change(path, "DROP TRIGGER full")
    with closing(Gradebook(path)) as book:
        assert book.entries() == []
        book.record(ALICE, "k", a_result(Status.PASSED))
        assert [entry.key for entry in book.entries()] == ["alice"]
