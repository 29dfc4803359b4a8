"""The gradebook: an SQLite file that holds every result as soon as there is one.

Tables::

    results   key (hash of content and marking), result (see `grader.stored`), its figures; final unless we failed
    entries   what became of each student of the class in the newest run: one row a student
    attempts  every hand-in that was ever marked: student, key, when

A result belongs to a content, not to a student: who hands in the same files again, or a friend's, is not marked again.
Each is written in one transaction, with a write-ahead log, so that the file is whole whenever the process ends.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from grader import stored
from grader.class_result import Entry, ExerciseMarks, Outcome, marks_of
from grader.errors import UserError
from grader.results import Result, Status, Text
from grader.translation import say

VERSION = 2
_SCHEMA = """
CREATE TABLE results (
    key TEXT PRIMARY KEY, result BLOB NOT NULL, score REAL NOT NULL, complete INTEGER NOT NULL, final INTEGER NOT NULL,
    marks TEXT NOT NULL, seconds REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE entries (
    student TEXT PRIMARY KEY, name TEXT NOT NULL, outcome TEXT NOT NULL, id TEXT NOT NULL, email TEXT NOT NULL,
    matched INTEGER NOT NULL, late INTEGER NOT NULL, attempt INTEGER NOT NULL, key TEXT, reason TEXT NOT NULL,
    notes TEXT NOT NULL, login TEXT NOT NULL DEFAULT '', canvas_id TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE attempts (
    number INTEGER PRIMARY KEY, student TEXT NOT NULL, outcome TEXT NOT NULL, key TEXT, score REAL,
    marked_at TEXT NOT NULL
);
CREATE INDEX attempts_by_student ON attempts (student);
"""
# What makes a gradebook of the version before into one of this version, by that version.
_UPGRADES = {
    1: (
        "ALTER TABLE entries ADD COLUMN login TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE entries ADD COLUMN canvas_id TEXT NOT NULL DEFAULT ''",
    )
}


class GradebookError(UserError):
    """The file cannot be used as a gradebook; the message says why and what to do."""


class Gradebook:
    """An open gradebook.

    Args:
        path: the file, made if there is none.

    Raises:
        GradebookError: if it is something else, damaged, in use by another run, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._open(path)
        except sqlite3.Error as error:
            if "locked" in str(error):
                raise GradebookError(
                    say(
                        "{path} is in use by another run of grade (it is locked). Wait for that, or "
                        "give another --out.",
                        path=path,
                    )
                ) from error
            raise GradebookError(
                say(
                    "{path} cannot be used as a gradebook ({error}). Move it away, or give another folder with --out.",
                    path=path,
                    error=error,
                )
            ) from error

    def _open(self, path: Path) -> None:
        self._base = sqlite3.connect(path, timeout=2.0, isolation_level=None)
        # One run at a time: a second one would mark everything twice.
        self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._base.execute("PRAGMA journal_mode = WAL")
        # A crash of the program loses nothing; one of the machine can lose the last moments, which are marked anew.
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute("BEGIN IMMEDIATE")
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        tables = self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        is_new = version == 0 and tables == 0
        if version != VERSION:
            if not is_new and version not in _UPGRADES:
                raise sqlite3.DatabaseError("it is not one of this version of grade")
            for statement in _SCHEMA.split(";\n") if is_new else _UPGRADES[version]:
                self._base.execute(statement)
            self._base.execute(f"PRAGMA user_version = {VERSION}")
        self._base.execute("COMMIT")

    def close(self) -> None:
        """Close the file; all that was recorded is in it."""
        self._base.close()

    def has(self, key: str) -> bool:
        """Whether a result is known under a key that a new marking would only repeat: one without a fault of ours."""
        return self._base.execute("SELECT 1 FROM results WHERE key = ? AND final", (key,)).fetchone() is not None

    def result(self, key: str) -> Result | None:
        """Return the result under a key; None if there is none, or one that cannot be read any more."""
        row = self._base.execute("SELECT result FROM results WHERE key = ?", (key,)).fetchone()
        try:
            return None if row is None else stored.from_bytes(row[0])
        except ValueError:
            return None

    def forget(self, key: str) -> None:
        """Drop a result, so that it is found anew."""
        self._base.execute("DELETE FROM results WHERE key = ?", (key,))

    def record(self, entry: Entry, key: str | None, result: Result | None = None) -> None:
        """Write down what became of a student, in one transaction.

        Args:
            entry: of the student; its figures come from the result.
            key: of the content; None where nothing could be marked.
            result: if it was marked in this run.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._transaction():
            if result is not None and key is not None:
                self._base.execute(
                    "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        key,
                        stored.to_bytes(result),
                        result.score,
                        result.complete,
                        not result.has_grader_error,
                        _marks(result),
                        result.seconds,
                    ),
                )
            known = self._base.execute(
                "SELECT key, outcome FROM attempts WHERE student = ? ORDER BY number DESC LIMIT 1", (entry.key,)
            ).fetchone()
            if result is not None or known != (key, entry.outcome.value):
                self._base.execute(
                    "INSERT INTO attempts (student, outcome, key, score, marked_at) VALUES (?, ?, ?, ?, ?)",
                    (entry.key, entry.outcome.value, key, result.score if result else None, now),
                )
            self._base.execute(
                "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    entry.key,
                    entry.name.encode("utf-8", "replace").decode(),
                    entry.outcome.value,
                    entry.student,
                    entry.email,
                    entry.matched,
                    entry.late,
                    entry.attempt,
                    key,
                    json.dumps([entry.reason.en, entry.reason.zh]),
                    json.dumps([[note.en, note.zh] for note in entry.notes]),
                    entry.login,
                    entry.canvas_id,
                ),
            )

    def keep_only(self, students: Iterable[str]) -> None:
        """Drop the entries of all other students, who are no longer in the class; their attempts stay."""
        with self._transaction():
            known = {row[0] for row in self._base.execute("SELECT student FROM entries")}
            gone = [(student,) for student in known - set(students)]
            self._base.executemany("DELETE FROM entries WHERE student = ?", gone)

    def entries(self) -> list[Entry]:
        """Return every student of the newest run with the figures of the result, in the order of keys."""
        rows = self._base.execute(
            "SELECT student, name, outcome, id, email, login, canvas_id, matched, late, attempt, reason, notes, score,"
            " complete, marks, seconds FROM entries LEFT JOIN results USING (key) ORDER BY student"
        )
        return [_entry(row) for row in rows]

    def results(self) -> Iterator[Result]:
        """Give the result of every student of the newest run who has one, in the order of keys, one by one."""
        query = "SELECT name, result FROM entries JOIN results USING (key) WHERE outcome = 'marked' ORDER BY student"
        for name, data in self._base.execute(query):
            yield replace(stored.from_bytes(data), submission=name)

    def versions(self) -> tuple[tuple[str, str], ...]:
        """Return the versions that made the first of the results; none without a result."""
        return next((result.versions for result in self.results()), ())

    def attempts(self, student: str) -> list[tuple[str, str | None, float | None]]:
        """Return a student's attempts, oldest first: outcome, key and score."""
        query = "SELECT outcome, key, score FROM attempts WHERE student = ? ORDER BY number"
        return [(outcome, key, score) for outcome, key, score in self._base.execute(query, (student,))]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Write all of a block, or nothing."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")


def _marks(result: Result) -> str:
    found = [
        [m.status.value, m.score, [c.value for c in m.checks], m.diagnoses, [[sign.en, sign.zh] for sign in m.signs]]
        for m in marks_of(result)
    ]
    return json.dumps(found, separators=(",", ":"))


def _entry(row: tuple[str, ...]) -> Entry:
    key, name, outcome, student, email, login, canvas_id, matched, late, attempt, reason, notes, *figures = row
    score, complete, marks, seconds = figures
    entry = Entry(
        key=key,
        name=name,
        outcome=Outcome(outcome),
        student=student,
        email=email,
        login=login,
        canvas_id=canvas_id,
        matched=bool(matched),
        late=bool(late),
        attempt=int(attempt),
        reason=Text(*json.loads(reason)),
        notes=tuple(Text(*note) for note in json.loads(notes)),
    )
    if entry.outcome is not Outcome.MARKED or marks is None:
        return replace(entry, complete=entry.outcome is not Outcome.CRASHED)
    exercises = tuple(
        ExerciseMarks(
            Status(status),
            points,
            tuple(map(Status, checks)),
            tuple(diagnoses),
            tuple(Text(*sign) for sign in signs),
        )
        for status, points, checks, diagnoses, signs in json.loads(marks)
    )
    return replace(entry, score=float(score), complete=bool(complete), exercises=exercises, seconds=float(seconds))
