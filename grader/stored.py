"""A result as bytes, as the gradebook keeps it: nothing lost, both languages, a tenth of the size of `result.json`."""

from __future__ import annotations

import json
import zlib
from typing import Any

from grader.results import CheckResult, Diagnosis, ExerciseResult, Location, Result, SourceLine, Status, Text

FORMAT = 2


def to_bytes(result: Result) -> bytes:
    """Return a result for the gradebook."""
    text = json.dumps([FORMAT, _from_result(result)], separators=(",", ":"))
    return zlib.compress(text.encode(), 6)


def from_bytes(data: bytes) -> Result:
    """Return the result that `to_bytes` was given.

    Raises:
        ValueError: if the bytes are no result, or one of another format.
    """
    try:
        version, value = json.loads(zlib.decompress(data))
        if version != FORMAT:
            raise ValueError(f"a result of format {version}, not {FORMAT}")
        return _to_result(value)
    except (zlib.error, TypeError, IndexError) as error:
        raise ValueError(f"not a stored result: {error}") from error


def _from_text(text: Text) -> list[str]:
    return [text.en, text.zh]


def _from_location(place: Location | None) -> list[Any] | None:
    if place is None:
        return None
    lines = [[line.number, line.text, line.marked] for line in place.source]
    return [place.file, place.line, place.function, lines]


def _to_location(value: list[Any]) -> Location:
    file, line, function, lines = value
    return Location(file, line, function, tuple(SourceLine(*line) for line in lines))


def _from_check(check: CheckResult) -> list[Any]:
    return [
        check.name,
        _from_text(check.title),
        check.status.value,
        check.score,
        check.max_score,
        _from_text(check.message),
        _from_text(check.hint),
        _from_text(check.seen),
        _from_text(check.expected),
        _from_location(check.location),
        [_from_location(frame) for frame in check.frames],
        check.hidden,
        check.seconds,
    ]


def _to_check(value: list[Any]) -> CheckResult:
    name, title, status, score, most, message, hint, seen, expected, place, frames, hidden, seconds = value
    return CheckResult(
        name=name,
        title=Text(*title),
        status=Status(status),
        score=score,
        max_score=most,
        message=Text(*message),
        hint=Text(*hint),
        seen=Text(*seen),
        expected=Text(*expected),
        location=None if place is None else _to_location(place),
        frames=tuple(map(_to_location, frames)),
        hidden=hidden,
        seconds=seconds,
    )


def _from_exercise(exercise: ExerciseResult) -> list[Any]:
    return [
        exercise.id,
        exercise.name,
        _from_text(exercise.title),
        exercise.score,
        exercise.max_score,
        exercise.status.value,
        [_from_check(check) for check in exercise.checks],
        [[d.name, *map(_from_text, (d.happened, d.matters, d.advice)), d.book] for d in exercise.diagnoses],
        exercise.file,
        exercise.book,
        exercise.output,
        [_from_text(note) for note in exercise.notes],
        exercise.hidden_left,
        [_from_text(sign) for sign in exercise.signs],
        exercise.seconds,
    ]


def _to_exercise(value: list[Any]) -> ExerciseResult:
    id_, name, title, score, most, status, checks, diagnoses, file, book, output, notes, left, signs, seconds = value
    return ExerciseResult(
        id=id_,
        name=name,
        title=Text(*title),
        score=score,
        max_score=most,
        status=Status(status),
        checks=tuple(map(_to_check, checks)),
        diagnoses=tuple(Diagnosis(d[0], Text(*d[1]), Text(*d[2]), Text(*d[3]), d[4]) for d in diagnoses),
        file=file,
        book=book,
        output=output,
        notes=tuple(Text(*note) for note in notes),
        hidden_left=left,
        signs=tuple(Text(*sign) for sign in signs),
        seconds=seconds,
    )


def _from_result(result: Result) -> list[Any]:
    return [
        result.assignment,
        _from_text(result.title),
        result.submission,
        result.seed,
        result.score,
        result.max_score,
        result.complete,
        result.sandbox,
        [_from_exercise(exercise) for exercise in result.exercises],
        [list(version) for version in result.versions],
        [_from_text(note) for note in result.notes],
        result.created,
        result.seconds,
    ]


def _to_result(value: list[Any]) -> Result:
    (assignment, title, submission, seed, score, most, complete, sandbox, exercises, versions, notes, created, s) = (
        value
    )
    return Result(
        assignment=assignment,
        title=Text(*title),
        submission=submission,
        seed=seed,
        score=score,
        max_score=most,
        complete=complete,
        sandbox=sandbox,
        exercises=tuple(map(_to_exercise, exercises)),
        versions=tuple((name, version) for name, version in versions),
        notes=tuple(Text(*note) for note in notes),
        created=created,
        seconds=s,
    )
