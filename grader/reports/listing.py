"""Who of a class belongs into a list for a platform, and who has to be left out of it.

Canvas and Moodle take an empty grade for an order to remove the one that is there, and Moodle gives a line whose
student it cannot find to nobody, or to the student of the line above. So a line is either whole or not there at all:
who has no final score, or nothing to be found by, is left out and named, and keeps the grade that the platform has.
So does who handed in nothing, as long as there are hand-ins that nobody in the roster fits: one of them may be theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from grader.class_result import ClassResult, Entry, Outcome
from grader.reports.cells import harmless
from grader.reports.export_words import both
from grader.reports.standing import final_score, why_open
from grader.results import Text


@dataclass(frozen=True)
class LeftOut:
    """A student who is not in a list, and why: in short remarks, at least one."""

    entry: Entry
    why: tuple[Text, ...]


@dataclass(frozen=True)
class IdColumn:
    """What a platform finds a student by: the name of its column, and the value for a student, if there is one."""

    name: str
    value: Callable[[Entry], str]


@dataclass(frozen=True)
class Line:
    """A student who is in a list: the values of the id columns in their order, and the points."""

    entry: Entry
    ids: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class Listing:
    """The lines of a list in the order of the gradebook, and who is not among them."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]


def held_back(cls: ClassResult) -> tuple[Entry, ...]:
    """Return those whose zero is in no list yet: nothing is known of a hand-in, but there are some of nobody's."""
    if not cls.has_roster or all(entry.matched for entry in cls.entries):
        return ()
    return tuple(entry for entry in cls.entries if entry.outcome is Outcome.NO_SUBMISSION)


def list_with_any(cls: ClassResult, columns: list[IdColumn]) -> Listing:
    """Return the list of those who have a value in at least one of the columns."""
    return _listing(cls, columns, any)


def list_with_all(cls: ClassResult, columns: list[IdColumn]) -> Listing:
    """Return the list without gaps: of those columns that have a value for everyone who has a score.

    Where there is none, it has the one with the fewest gaps, and leaves out who is not in it.
    """
    held = {entry.key for entry in held_back(cls)}
    scored = [entry for entry in cls.entries if not _no_score(cls, entry, held)]
    gaps = [sum(not column.value(entry).strip() for entry in scored) for column in columns]
    whole = [column for column, missing in zip(columns, gaps, strict=True) if not missing]
    return _listing(cls, whole or [columns[gaps.index(min(gaps))]], all)


def _listing(cls: ClassResult, columns: list[IdColumn], enough: Callable[[tuple[str, ...]], bool]) -> Listing:
    names = tuple(column.name for column in columns)
    lines, left_out = [], []
    held = {entry.key for entry in held_back(cls)}
    for entry in cls.entries:
        ids = tuple(column.value(entry).strip() for column in columns)
        why = _no_score(cls, entry, held) or _no_id(names, ids, enough)
        score = final_score(cls, entry)
        if why or score is None:
            left_out.append(LeftOut(entry, why))
        else:
            lines.append(Line(entry, ids, score))
    return Listing(names, tuple(lines), tuple(left_out))


def _no_score(cls: ClassResult, entry: Entry, held: Collection[str]) -> tuple[Text, ...]:
    if cls.has_roster and not entry.matched:
        return (both("not_in_roster"),)
    if entry.key in held:
        return (both("held_back"),)
    if final_score(cls, entry) is None:
        return tuple(filter(None, (*why_open(cls, entry), entry.reason)))
    return ()


def _no_id(names: tuple[str, ...], ids: tuple[str, ...], enough: Callable[[tuple[str, ...]], bool]) -> tuple[Text, ...]:
    for name, value in zip(names, ids, strict=True):
        # Made harmless, it would no longer be the id that the platform knows.
        if harmless(value) != value:
            return (both("strange_id", column=Text(name), value=Text(harmless(value, 80))),)
    return () if enough(ids) else (both("no_id", column=Text(" / ".join(names))),)
