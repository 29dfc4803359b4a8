"""Hand-ins as they lie there: which entries of a folder belong to one student, and what their names say."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.file_names import is_beside, is_junk, is_work, shown, stem, without_count
from grader.handins.gradescope import METADATA, Listed, Submitter, read_metadata
from grader.handins.matching import Who
from grader.handins.platforms import (
    CANVAS,
    FOLDER,
    GITHUB,
    GRADESCOPE,
    MOODLE,
    Facts,
    accounts,
    canvas,
    classroom_prefix,
    exercise_in,
    is_gradescope,
    moodle,
)
from grader.handins.reading import Item, list_folder
from grader.results import Text
from grader.translation import say, series


@dataclass(frozen=True)
class Piece:
    """A file or folder that a student handed in.

    Args:
        path: where it is.
        name: the student's own name for it.
        order: greater for what was handed in later.
        problem: why it could not be unpacked, if so; then there is nothing at `path`.
    """

    path: Path
    name: str
    order: int = 0
    problem: Text = Text()


@dataclass(frozen=True)
class Draft:
    """A hand-in before its student is looked up and its files are laid out.

    Args:
        platform: see `grader.handins.handin.HandIn`.
        person: what tells the student from others of the platform.
        label: text for the key.
        name: to show.
        who: to look up.
        pieces: what was handed in.
        number: the platform's id of the student.
        late: and `attempt`: see `grader.handins.handin.HandIn`.
        submitted: when, in seconds since 1970, where the platform says so; else 0.
        problem: why there is nothing, if the platform says so.
        notes: remarks.
    """

    platform: str
    person: str
    label: str
    name: str
    who: Who
    pieces: tuple[Piece, ...]
    number: str = ""
    late: bool = False
    attempt: int = 1
    submitted: float = 0.0
    problem: Text = Text()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Found(Item):
    """An entry of the folder of hand-ins.

    Args:
        problem: why it stayed in the archive, if it did.
    """

    problem: Text = Text()


TYPED = say("This was typed into the platform; there is no file. Hand in the files themselves.")

HIDDEN = say("The platform hides this student's name.")
# What Moodle writes for a name that it hides.
HIDDEN_NAMES = ("participant", "参与者", "參與者")


def list_items(folder: Path, skip: Iterable[Path] = ()) -> list[Found]:
    """Return what lies in a folder, but for junk and what is to be skipped.

    Raises:
        UnreadableError: if the folder cannot be read.
    """
    inside = [path.resolve() for path in skip if path.resolve().is_relative_to(folder.resolve())]
    left_out = {path.relative_to(folder.resolve()).parts[0] for path in inside if path != folder.resolve()}
    return [
        Found(item.path, item.name, item.is_folder)
        for item in list_folder(folder)
        if not is_junk(item.name) and item.path.name not in left_out
    ]


def drafts_of(items: Sequence[Found], folder: str, assignment: str, known: Sequence[str]) -> list[Draft]:
    """Return the hand-ins that the entries of a folder are.

    Args:
        items: the entries.
        folder: name of the folder that they are in.
        assignment: name of the assignment.
        known: its exercises.

    Raises:
        UserError: if Gradescope's list cannot be read.
    """
    found: list[Draft] = []
    by_canvas: dict[str, list[tuple[Found, Facts]]] = defaultdict(list)
    by_moodle: dict[str, list[tuple[Found, Facts]]] = defaultdict(list)
    rest: list[Found] = []
    if any(item.name == METADATA or (item.is_folder and is_gradescope(item.name)) for item in items):
        listed, items = _gradescope(items)
        found += listed
    for item in items:
        from_canvas, from_moodle = canvas(item.name), moodle(item.name)
        if from_moodle:
            by_moodle[from_moodle.number or from_moodle.name].append((item, from_moodle))
        elif from_canvas:
            by_canvas[from_canvas.number].append((item, from_canvas))
        else:
            rest.append(item)
    found += [_canvas(group) for group in by_canvas.values()]
    found += [_moodle(group) for group in by_moodle.values()]
    folders = [item for item in rest if item.is_folder]
    cloned = 2 * sum((item.path / ".git").exists() for item in folders) > len(folders)
    prefix = classroom_prefix([item.name for item in folders], folder, assignment, cloned)
    if prefix is not None:
        found += [_github(item, prefix) for item in folders]
        rest = [item for item in rest if not item.is_folder]
    return found + _plain(rest, known)


def _canvas(group: list[tuple[Found, Facts]]) -> Draft:
    """Return the hand-in of one number of Canvas's."""
    facts = max((facts for _, facts in group), key=lambda facts: facts.order)
    latest: dict[str, tuple[Found, Facts]] = {}
    notes = [] if facts.name else [HIDDEN]
    for item, its in sorted(group, key=lambda pair: (pair[1].attempt, pair[1].order)):
        if its.typed:
            continue
        if its.file.casefold() in latest:
            file = shown(its.file)
            notes.append(say("{file} was handed in more than once; the latest one counts.", file=file))
        latest[its.file.casefold()] = (item, its)
    pieces = [_piece(item, its) for item, its in latest.values()]
    return Draft(
        platform=CANVAS,
        person=facts.number,
        label=f"{facts.name}_{facts.number}",
        name=facts.name or facts.number,
        who=Who(facts.name, canvas_id=facts.number),
        pieces=tuple(sorted(pieces, key=lambda piece: piece.order)),
        number=facts.number,
        late=facts.late,
        attempt=max(its.attempt for _, its in group),
        problem=Text() if pieces else TYPED,
        notes=tuple(dict.fromkeys(notes)),
    )


def _moodle(group: list[tuple[Found, Facts]]) -> Draft:
    """Return the hand-in of one participant of Moodle's."""
    facts = group[0][1]
    hidden = facts.name.casefold() in HIDDEN_NAMES
    pieces = [_piece(item, its) for item, its in group if not its.typed]
    return Draft(
        platform=MOODLE,
        person=facts.number or facts.name,
        label=f"{facts.name}_{facts.number}",
        name=f"{facts.name} {facts.number}" if hidden else facts.name or facts.number,
        who=Who("" if hidden else facts.name, moodle_id=facts.number),
        pieces=tuple(pieces),
        number=facts.number,
        problem=Text() if pieces else TYPED,
        notes=(HIDDEN,) if hidden else (),
    )


def _gradescope(items: Sequence[Found]) -> tuple[list[Draft], list[Found]]:
    """Return Gradescope's hand-ins, one for each student also where several handed in together, and other entries."""
    by_name = {item.name: item for item in items}
    metadata = read_metadata(by_name[METADATA].path) if METADATA in by_name else {}
    unlisted = [item.name for item in items if is_gradescope(item.name) and item.name not in metadata]
    found = []
    for name in (*metadata, *unlisted):
        listed = metadata.get(name, Listed())
        people = listed.submitters or (Submitter(),)
        item = by_name.get(name)
        for person in people:
            others = [shown(other.name or other.sid or other.email) for other in people if other is not person]
            together = say("Handed in together with {others}.", others=series(others))
            found.append(
                Draft(
                    platform=GRADESCOPE,
                    person=person.email.casefold() or person.sid or name,
                    label=f"{person.name}_{person.sid or person.email or name}",
                    name=person.name or person.sid or person.email or name,
                    who=Who(person.name, sid=person.sid, email=person.email),
                    pieces=(Piece(item.path, name, problem=item.problem),) if item else (),
                    number=person.sid,
                    attempt=listed.attempt,
                    submitted=listed.created,
                    problem=Text() if item else _not_exported(name),
                    notes=(together,) if others else (),
                )
            )
    return found, [item for item in items if item.name not in metadata and not is_gradescope(item.name)]


def _github(item: Found, prefix: str) -> Draft:
    """Return the hand-in in one clone."""
    likely = accounts(item.name, prefix)
    name = likely[0] if likely else item.name
    return Draft(
        platform=GITHUB,
        person=item.name.casefold(),
        label=item.name,
        name=name,
        who=Who(accounts=likely or (item.name,)),
        pieces=(_piece(item, None),),
        number=name,
    )


def _plain(items: Sequence[Found], known: Sequence[str]) -> list[Draft]:
    """Return the hand-ins among entries that no platform named: one for each name, whatever its ending."""
    groups: dict[str, list[tuple[Found, str, int, str]]] = defaultdict(list)
    for item in items:
        if not item.is_folder and is_beside(item.name) and not item.problem:
            continue
        name, count = without_count(item.name if item.is_folder else stem(item.name))
        own = item.name
        exercise = exercise_in(item.name, known) if is_work(item.name) and not item.is_folder else None
        if exercise and exercise[1]:
            # One file for each exercise, with the student's name in it.
            name, own = exercise[1], exercise[0] + item.name[item.name.rindex(".") :].lower()
        groups[unicodedata.normalize("NFKC", name).casefold()].append((item, name, count, own))
    found = []
    for person, group in groups.items():
        _, name, _, _ = group[0]
        files = [replace(_piece(item, None), name=own) for item, _, _, own in group if own != item.name]
        if files:
            found.append(Draft(FOLDER, person, name, name, Who(name), tuple(files)))
        found += [
            Draft(FOLDER, person, name, name, Who(name), (_piece(item, None),), attempt=count + 1)
            for item, _, count, own in group
            if own == item.name
        ]
    return found


def _piece(item: Found, facts: Facts | None) -> Piece:
    name = facts.file if facts and facts.file else item.name
    return Piece(item.path, name, facts.order if facts else 0, item.problem)


def _not_exported(name: str) -> Text:
    return say(
        "Gradescope lists this hand-in, but {name} is not in the export. Download the export again.", name=shown(name)
    )
