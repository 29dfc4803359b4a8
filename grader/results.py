"""What marking a submission gives: frozen data, and its form as `result.json`.

Every other layer may import this one; it imports nothing of ours.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

SCHEMA = "grader.result/1"
LANGUAGES = ("en", "zh")


class Status(StrEnum):
    """How a check ended. An exercise has the first status in this order that one of its checks has."""

    GRADER_ERROR = "grader_error"
    CRASHED = "crashed"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    ERROR = "error"
    FAILED = "failed"
    MISSING = "missing"
    NOT_ATTEMPTED = "not_attempted"
    NOT_RUN = "not_run"
    PASSED = "passed"


# Ends that depend on the machine's mood too; the same code need not end so again.
UNSURE = frozenset({Status.TIMEOUT, Status.MEMORY, Status.CRASHED, Status.GRADER_ERROR})


@dataclass(frozen=True)
class Text:
    """A text in English and in Chinese; where Chinese is missing, English stands in."""

    en: str = ""
    zh: str = ""

    def get(self, language: str) -> str:
        """Return the text in ``"en"`` or ``"zh"``."""
        return self.zh if language == "zh" and self.zh else self.en

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


@dataclass(frozen=True)
class SourceLine:
    """One line of the student's file, `number` counted from 1; `marked` on the line that matters."""

    number: int
    text: str
    marked: bool = False


@dataclass(frozen=True)
class Location:
    """A place in the student's file, with the lines around it."""

    file: str
    line: int
    function: str = ""
    source: tuple[SourceLine, ...] = ()


@dataclass(frozen=True)
class Diagnosis:
    """A known mistake whose failed checks are those of the submission."""

    name: str
    happened: Text
    matters: Text
    advice: Text
    book: str = ""


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one check.

    `seen` and `expected` are shortened texts of the compared values; `hidden` says that only the instructor runs it.
    """

    name: str
    title: Text
    status: Status
    score: float
    max_score: float
    message: Text = Text()
    hint: Text = Text()
    seen: Text = Text()
    expected: Text = Text()
    location: Location | None = None
    frames: tuple[Location, ...] = ()
    hidden: bool = False
    seconds: float = 0.0


@dataclass(frozen=True)
class ExerciseResult:
    """The outcome of one exercise.

    `output` is the end of what the student's code printed; `hidden_left` says that it has hidden checks, which were not
    run: the score is that of the public ones. `signs` are attempts on the grader that can be told
    for sure.
    """

    id: str
    name: str
    title: Text
    score: float
    max_score: float
    status: Status
    checks: tuple[CheckResult, ...]
    diagnoses: tuple[Diagnosis, ...] = ()
    file: str = ""
    book: str = ""
    output: str = ""
    notes: tuple[Text, ...] = ()
    hidden_left: bool = False
    signs: tuple[Text, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class Result:
    """The outcome of one submission. `complete` is false when a check could not be decided (our fault)
    or needed something that this machine lacks.
    """

    assignment: str
    title: Text
    submission: str
    seed: int
    score: float
    max_score: float
    complete: bool
    sandbox: str
    exercises: tuple[ExerciseResult, ...]
    versions: tuple[tuple[str, str], ...] = ()
    notes: tuple[Text, ...] = ()
    created: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether every check that can give points on this machine passed."""
        checks = [check for exercise in self.exercises for check in exercise.checks]
        return bool(checks) and all(check.status in (Status.PASSED, Status.NOT_RUN) for check in checks)

    @property
    def has_grader_error(self) -> bool:
        """Whether a check ended by a fault of the grader."""
        return any(exercise.status is Status.GRADER_ERROR for exercise in self.exercises)


def worst(statuses: Iterable[Status]) -> Status:
    """Return the status of an exercise whose checks ended in `statuses`."""
    order = list(Status)
    return min(statuses, key=order.index, default=Status.NOT_RUN)


def share(points: float, weights: list[float]) -> list[Fraction]:
    """Share the `points` of an exercise among checks by weight, exactly."""
    total = sum(Fraction(weight) for weight in weights)
    return [Fraction(points) * Fraction(weight) / total if total else Fraction(0) for weight in weights]


def rounded(value: Fraction | float) -> float:
    """Return a score rounded to four decimals, as it is written everywhere."""
    return round(float(value), 4)


def to_dict(result: Result, language: str = "en") -> dict[str, Any]:
    """Return the content of `result.json`: texts in `language`, with the Chinese ones beside them as ``*_zh``."""
    data = _plain(result, language)
    return {"schema": SCHEMA, **data}


def to_json(result: Result, language: str = "en") -> str:
    """Return `result.json` as text."""
    return readable_json(to_dict(result, language))


def readable_json(value: Any, levels: int = 4) -> str:
    """Return JSON that opens up to a depth of `levels`, one line for each member, and is compact below it.

    Python writes JSON with line breaks at every level twenty times slower, which a class would pay for each student.
    """
    return "".join(_opened(value, levels, "\n")) + "\n"


def _opened(value: Any, levels: int, new_line: str) -> Iterator[str]:
    if not levels or not value or not isinstance(value, (dict, list)):
        yield json.dumps(value, ensure_ascii=False)
        return
    inner, comma = new_line + "  ", ""
    yield "{" if isinstance(value, dict) else "["
    for key in value:
        yield comma + inner
        comma = ","
        if isinstance(value, dict):
            yield json.dumps(key, ensure_ascii=False) + ": "
        yield from _opened(value[key] if isinstance(value, dict) else key, levels - 1, inner)
    yield new_line + ("}" if isinstance(value, dict) else "]")


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


# Looking them up anew for each of hundreds of checks would take longer than all the rest.
_FIELDS = {kind: _names(kind) for kind in (SourceLine, Location, Diagnosis, CheckResult, ExerciseResult, Result)}


def _plain(value: Any, language: str) -> Any:
    if isinstance(value, Diagnosis):
        # A diagnosis is one text for those who only list it, and its parts for those who lay it out.
        parts = {name: _plain(getattr(value, name), language) for name in _FIELDS[Diagnosis]}
        return parts | {"text": " ".join(filter(None, (parts["happened"], parts["matters"], parts["advice"])))}
    if isinstance(value, Text):
        return value.get(language)
    if value is None or type(value) in (str, float, int, bool):
        return value
    if names := _FIELDS.get(type(value)):
        out: dict[str, Any] = {}
        for name in names:
            item = getattr(value, name)
            out[name] = _plain(item, language)
            if isinstance(item, Text):
                out[name + "_en"], out[name + "_zh"] = item.en, item.zh
        if isinstance(value, ExerciseResult):
            out["diagnosis_details"] = out["diagnoses"]
            out["diagnoses"] = [detail["text"] for detail in out["diagnosis_details"]]
        if isinstance(value, Result):
            out["versions"] = dict(value.versions)
        return out
    if isinstance(value, tuple):
        return [_plain(item, language) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def address(assignment: str, number: str) -> str:
    """Return how an exercise or a section is called on a command line, by its assignment and its number.

    An assignment's name may end in the number with which those of its exercises begin: 5.1.2 of ex5 is ``ex5.1.2``,
    but 1.2 of hw is ``hw.1.2``.
    """
    first = number.split(".")[0]
    stem = assignment.removesuffix(first)
    # Not so ex15 and 5.1: its number is 15.
    is_whole = stem != assignment and not stem[-1:].isdecimal()
    return stem + number if is_whole else f"{assignment}.{number}"
