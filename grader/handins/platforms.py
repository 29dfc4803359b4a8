"""The names that platforms give to hand-ins, and what they say. Pure functions from names to facts.

Canvas
    ``bergannamaria_LATE_4711_90210_hw-1.zip``: the name as it is sorted, run together in small letters; LATE if so;
    Canvas's number of the student; its number of the file; the student's own name for it, with ``-1`` and so on where
    a file of that name had been handed in before. ``anon_x7Rk2_90210_hw.zip`` where names are hidden, ``..._text.html``
    and ``..._link.html`` for what was typed in.
Moodle
    ``Anna Maria Berg_1234567_assignsubmission_file_/...`` or all in one folder, with the student's name for the file
    behind; the number is that of the participant in this assignment. ``assignsubmission_onlinetext`` was typed in.
    ``Participant_1234567_...`` where names are hidden; groups have the group's name.
Gradescope
    ``assignment_12_export/submission_345678/...``; the names are in ``submission_metadata.yml`` beside the folders.
GitHub Classroom
    ``ex5-submissions/ex5-annab/...``: clones whose names begin with that of the assignment, followed by the account.
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.file_names import stem, without_count

CANVAS, MOODLE, GRADESCOPE, GITHUB, FOLDER = "canvas", "moodle", "gradescope", "github", "folder"
_CANVAS = re.compile(
    r"(?:(?P<name>\w+?)_)??(?:(?P<late>LATE|late)_)?(?P<person>\d+|anon_[A-Za-z0-9]+)"
    r"(?:_(?P<file>\d+)_(?P<rest>.+)|_(?P<typed>text|link)\.html)",
    re.DOTALL,
)
_MOODLE = re.compile(
    r"(?:(?P<name>.*?)_)??(?:(?P<person>\d+)_)?assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<rest>.*))?", re.DOTALL
)
_GRADESCOPE = re.compile(r"submission_\d+")
# Two small numbers in a name are a version or an exercise.
MIN_DIGITS = 3


@dataclass(frozen=True)
class Facts:
    """What a name says.

    Args:
        name: of the student, as the platform writes it; empty where it is hidden.
        number: the platform's own number of the student.
        file: the student's own name for the file; empty for a folder.
        order: greater for a file that was handed in later.
        late: whether the platform says so.
        attempt: number of the hand-in, from 1.
        typed: whether this was typed into the platform, and is no file.
    """

    name: str
    number: str = ""
    file: str = ""
    order: int = 0
    late: bool = False
    attempt: int = 1
    typed: bool = False


def canvas(name: str) -> Facts | None:
    """Return what Canvas's name for a file says, or None if it is none of Canvas's."""
    found = _CANVAS.fullmatch(name)
    if not found or not (found["name"] or found["person"].startswith("anon_")):
        return None
    if max(len(found["person"]), len(found["file"] or "")) < MIN_DIGITS:
        return None
    facts = Facts(found["name"] or "", found["person"], late=bool(found["late"]))
    if found["typed"]:
        return Facts(facts.name, facts.number, f"{found['typed']}.html", late=facts.late, typed=True)
    original, count = without_resubmission(found["rest"])
    return Facts(facts.name, facts.number, original, int(found["file"]), facts.late, count + 1)


def moodle(name: str) -> Facts | None:
    """Return what Moodle's name for a folder or a file says, or None if it is none of Moodle's."""
    found = _MOODLE.fullmatch(name)
    if not found or not (found["name"] or found["person"]):
        return None
    rest, typed = found["rest"] or "", found["plugin"] == "onlinetext"
    return Facts((found["name"] or "").strip(), found["person"] or "", rest, typed=typed)


def is_gradescope(name: str) -> bool:
    """Whether a folder's name is Gradescope's."""
    return bool(_GRADESCOPE.fullmatch(name))


def without_resubmission(file: str) -> tuple[str, int]:
    """Return a file's name without Canvas's number of a resubmission, ``-1`` before the ending, and the number or 0."""
    base = stem(file)
    found = re.fullmatch(r"(.+?)-(\d{1,2})", base)
    return (found[1] + file[len(base) :], int(found[2])) if found else (file, 0)


def classroom_prefix(names: Sequence[str], parent: str, assignment: str, cloned: bool) -> str | None:
    """Return how the names of a class's clones begin, with the dash, or None if they do not look like clones.

    Args:
        names: of the folders.
        parent: name of the folder that they are in, which GitHub's own tool calls ``PREFIX-submissions``.
        assignment: name of the assignment, such as ``ex5``.
        cloned: whether they are repositories.
    """
    slug = parent.removesuffix("-submissions")
    if slug != parent and _all_begin(names, f"{slug}-"):
        return f"{slug}-"
    expected = f"{assignment}-" if _all_begin(names, f"{assignment}-") else ""
    if not (names and (cloned or expected)):
        return None
    # The prefix may be longer than the assignment's name: exercise-5-builders-guide-annab.
    common = os.path.commonprefix([name.lower() for name in names]) if len(names) > 1 else ""
    return max(names[0][: common.rfind("-") + 1], expected, key=len)


def _all_begin(names: Sequence[str], prefix: str) -> bool:
    return bool(names) and all(name.lower().startswith(prefix.lower()) and len(name) > len(prefix) for name in names)


def accounts(name: str, prefix: str) -> tuple[str, ...]:
    """Return the accounts that a clone's name can end in, the likeliest first.

    Names of accounts have dashes too: what all names begin with can be the prefix and some of the account. And a second
    clone of the same name gets ``-1``.
    """
    dashes = [dash.end() for dash in re.finditer("-", prefix)]
    ends = [name[start:] for start in sorted({len(prefix), *dashes}, reverse=True)]
    ends += [re.sub(r"-\d+$", "", end) for end in ends]
    return tuple(dict.fromkeys(end for end in ends if end))


def exercise_in(name: str, known: Sequence[str]) -> tuple[str, str] | None:
    """Return the exercise that a file is named after, and what else its name says, usually who wrote it.

    ``ex5_1_2_parallel (1)``, ``ex5_1_2_parallel-1``, ``anna_ex5_1_2_parallel`` and ``Ex5_1_2_Parallel-anna`` all are
    ``ex5_1_2_parallel``.
    """
    base = without_count(stem(without_resubmission(name)[0]))[0]
    found = _exercises(tuple(known)).search(base)
    if not found:
        return None
    before, after = (part.strip(" _-.()（）") for part in (base[: found.start()], base[found.end() :]))
    exercises = {exercise.lower(): exercise for exercise in known}
    return exercises[found[0].lower()], before or after


@lru_cache(maxsize=8)
def _exercises(known: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some exercises as a whole word; the longest, where one is part of another.

    Only ASCII's letters have a case here: others may be equal to one of them in a search, but not afterwards.
    """
    names = "|".join(re.escape(exercise) for exercise in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{names})(?![^\W_])", re.IGNORECASE | re.ASCII)
