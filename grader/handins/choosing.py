"""Which hand-in of a student counts, whose it is, and under which key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from grader.file_names import shown
from grader.handins.drafts import Draft
from grader.handins.keys import unique_keys
from grader.handins.matching import Match, Matcher
from grader.handins.platforms import FOLDER
from grader.handins.reading import newest
from grader.handins.roster import Roster, Student
from grader.results import Text
from grader.translation import say


@dataclass(frozen=True)
class Chosen:
    """The hand-in of a student that counts.

    Args:
        key: of the hand-in.
        draft: the hand-in.
        student: of the roster, if found there.
    """

    key: str
    draft: Draft
    student: Student | None


def choose(drafts: Sequence[Draft], roster: Roster | None, assignment: str) -> list[Chosen]:
    """Return the latest hand-in of each student, in the order of keys."""
    latest = [_latest(group) for group in _by_person(drafts)]
    found: list[tuple[Draft, Student | None]] = []
    if roster is None:
        found = [(draft, None) for draft in latest]
    else:
        matcher = Matcher(roster, assignment)
        matched: dict[str, list[tuple[Draft, Match]]] = defaultdict(list)
        for draft in latest:
            match = matcher.match(draft.who)
            if match.student is None:
                found.append((_noted(draft, match.note), None))
            else:
                matched[match.student.id].append((draft, match))
        students = {student.id: student for student in roster.students}
        for id, group in matched.items():
            own, others = _owners(group, students[id])
            found += [(draft, None) for draft in others]
            if own:
                found.append((_latest(own), students[id]))
    taken = {student.id: student.key for student in roster.students} if roster else {}
    labels = {f"{draft.platform}:{draft.person}": draft.label for draft, student in found if student is None}
    keys = unique_keys(labels, taken)
    chosen = [
        Chosen(student.key if student else keys[f"{draft.platform}:{draft.person}"], draft, student)
        for draft, student in found
    ]
    return sorted(chosen, key=lambda one: one.key)


def _by_person(drafts: Iterable[Draft]) -> list[list[Draft]]:
    groups: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[draft.platform, draft.person].append(draft)
    return list(groups.values())


def _latest(drafts: Sequence[Draft]) -> Draft:
    """Return the latest of a student's hand-ins, with a note if there are others."""
    if len(drafts) == 1:
        return drafts[0]
    if all(draft.submitted for draft in drafts):
        latest = max(drafts, key=lambda draft: (draft.submitted, draft.label))
    else:
        latest = max(drafts, key=lambda draft: (draft.attempt, _changed(draft), draft.label))
    names = [shown(piece.name) for piece in latest.pieces[:1]] or [shown(latest.name)]
    return _noted(
        latest,
        say(
            "There are {number} hand-ins of this student; the latest one counts: {names}.",
            number=len(drafts),
            names=names[0],
        ),
    )


def _changed(draft: Draft) -> float:
    return max((newest(piece.path) for piece in draft.pieces), default=0.0)


def _owners(group: Sequence[tuple[Draft, Match]], student: Student) -> tuple[list[Draft], list[Draft]]:
    """Divide hand-ins that fit a student into those that are the student's and those that only might be.

    A name alone does not tell two people of the same platform apart.
    """
    sure = [draft for draft, match in group if match.sure]
    unsure = [draft for draft, match in group if not match.sure]
    several = say(
        "By the name this could be {name} ({id}), but so could another hand-in. That is not guessed: add "
        "a column to the roster that tells them apart (email, canvas_id, moodle_id or login).",
        name=shown(student.name),
        id=shown(student.id),
    )
    known = {draft.platform for draft in sure if draft.platform != FOLDER}
    doubtful = [draft for draft in unsure if draft.platform in known]
    for platform in {draft.platform for draft in unsure} - {FOLDER} - known:
        same = [draft for draft in unsure if draft.platform == platform]
        doubtful += same if len(same) > 1 else []
    own = [draft for draft, _ in group if draft not in doubtful]
    return own, [_noted(draft, several) for draft in doubtful]


def _noted(draft: Draft, note: Text) -> Draft:
    return replace(draft, notes=(*draft.notes, note)) if note else draft
