"""Finding a hand-in's student in the roster. What fits two students is not guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from grader.file_names import shown
from grader.handins.person_names import codes, folded, forms, squeezed, without_noise, words
from grader.handins.roster import Roster, Student
from grader.results import Text
from grader.translation import either, say

MAX_SHOWN = 5


@dataclass(frozen=True)
class Who:
    """What a hand-in says about its student; what is empty is not known.

    Args:
        name: as the platform writes it; may have an id and other words in it.
        canvas_id: Canvas's number of the student.
        moodle_id: Moodle's number of the participant.
        sid: student number.
        email: address.
        accounts: at GitHub, the likeliest first.
    """

    name: str = ""
    canvas_id: str = ""
    moodle_id: str = ""
    sid: str = ""
    email: str = ""
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """The student that was found, or None.

    Args:
        student: see above.
        sure: whether by something that only one person has, not by the name.
        note: why there is none, where one might have been expected.
    """

    student: Student | None = None
    sure: bool = False
    note: Text = Text()


class Matcher:
    """A roster, ready to be searched.

    Args:
        roster: the roster.
        assignment: name of the assignment, which is no part of a person's name.
    """

    def __init__(self, roster: Roster, assignment: str = "") -> None:
        self._noise = frozenset(words(assignment)) | {folded(assignment)}
        self._by: dict[str, dict[str, list[Student]]] = defaultdict(lambda: defaultdict(list))
        for student in roster.students:
            for kind in ("id", "email", "login", "github", "canvas_id", "moodle_id"):
                self._add(kind, folded(getattr(student, kind)), student)
            self._add("local", folded(student.email.partition("@")[0]), student)
            for parts in forms(student.name):
                self._add("said", " ".join(parts), student)
                self._add("sorted", " ".join(sorted(parts)), student)
                for run in squeezed(parts):
                    self._add("squeezed", run, student)

    def _add(self, kind: str, value: str, student: Student) -> None:
        found = self._by[kind][value] if value else [student]
        # Students come one after the other: whoever is there already is the last.
        if found[-1:] != [student]:
            found.append(student)

    def match(self, who: Who) -> Match:
        """Return the student whom a hand-in is from, if that is beyond doubt."""
        certain = self._first(
            [
                ("id", [who.sid, who.email]),
                ("login", [who.sid]),
                ("email", [who.email]),
                ("canvas_id", [who.canvas_id]),
                ("moodle_id", [who.moodle_id]),
                ("github", who.accounts),
            ]
        )
        if len(certain) == 1:
            return Match(certain[0], sure=True)
        if len(certain) > 1:
            return _doubtful(certain)
        by_code = self._by_code(who)
        by_name = self._by_name(who)
        if len(by_code) > 1 or (by_code and len(by_name) == 1 and by_code != by_name):
            return _doubtful([*by_code, *by_name])
        if by_code:
            return Match(by_code[0], sure=True)
        if len(by_name) > 1:
            return _doubtful(by_name)
        return Match(by_name[0]) if by_name else Match()

    def _first(self, wanted: Iterable[tuple[str, Iterable[str]]]) -> list[Student]:
        """Return the students of the first value that anyone has."""
        for kind, values in wanted:
            for value in values:
                found = self._by[kind].get(folded(value)) if value else None
                if found:
                    return found
        return []

    def _by_code(self, who: Who) -> list[Student]:
        """Return the students whose id or account a hand-in names, alone or within the name."""
        rests = (without_noise(parts, self._noise) for parts in forms(who.name))
        whole = [who.name, *(rest[0] for rest in rests if len(rest) == 1), *who.accounts]
        # Lists of Canvas have its number of a student as the id; others may have it in a column of its own.
        numbers = [] if self._by["canvas_id"] else [who.canvas_id]
        kinds = [("id", [*whole, *numbers]), *((kind, whole) for kind in ("login", "github", "email", "local"))]
        found = self._first(kinds)
        if not found:
            for code in sorted(codes(who.name)):
                for kind in ("id", "login"):
                    found = found + [student for student in self._by[kind].get(code, ()) if student not in found]
        return found

    def _by_name(self, who: Who) -> list[Student]:
        """Return the students of that name: said the same way, else in another order, else run together."""
        readings = [parts for parts in forms(who.name) for parts in (parts, without_noise(parts, self._noise)) if parts]
        readings += [words(account) for account in who.accounts if words(account)]
        for kind in ("said", "sorted", "squeezed"):
            found: dict[Student, None] = {}
            for parts in readings:
                value = {"said": " ".join(parts), "sorted": " ".join(sorted(parts)), "squeezed": "".join(parts)}[kind]
                found |= dict.fromkeys(self._by[kind].get(value, ()))
            if found:
                return list(found)
        return []


def _doubtful(students: Iterable[Student]) -> Match:
    names = list(dict.fromkeys(f"{shown(student.name)} ({shown(student.id)})" for student in students))
    if len(names) > MAX_SHOWN:
        names = [*names[:MAX_SHOWN], "…"]
    return Match(
        note=say(
            "Could be {names} of the roster. Which one is not guessed: add a column to the roster that tells "
            "them apart (email, canvas_id, moodle_id, login or github).",
            names=either(names),
        )
    )
