"""A result as Gradescope's ``results.json``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grader.reports import outline, plain
from grader.reports.cells import number
from grader.reports.export_words import in_language, worded
from grader.reports.words import STATUS
from grader.results import SCHEMA, CheckResult, ExerciseResult, Result, Status, readable_json

VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")


def gradescope_json(result: Result, language: str = "en", visibility: str = "visible") -> str:
    """Return a result as the text of ``/autograder/results/results.json``.

    Every check is a test with the number of its exercise. All formats are ``text``: nothing that a student's code says
    is read as HTML or Markdown. What the command prints is for the instructors alone.

    A check that was not decided, by our fault or for want of a GPU, has neither points nor status, so that it is not
    shown as failed; the text on top says that the score is one so far. Where nothing at all was decided there is no
    score, and Gradescope reports that the autograder failed instead of recording a zero.

    Args:
        result: the result.
        language: of all texts.
        visibility: when students see the tests, one of `VISIBILITIES`.

    Raises:
        ValueError: for another visibility.
    """
    if visibility not in VISIBILITIES:
        raise ValueError(f"visibility is one of {', '.join(VISIBILITIES)}, not {visibility!r}")
    scored = not plain.nothing_decided(result)
    data: dict[str, Any] = {"score": number(result.score)} if scored else {}
    data |= {
        "execution_time": round(result.seconds),
        "output": _output(result, language),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "tests": [test for exercise in result.exercises for test in _tests(exercise, language)],
        "extra_data": {
            "schema": SCHEMA,
            "assignment": plain.line(result.assignment),
            "seed": result.seed,
            "complete": result.complete,
            "sandbox": result.sandbox,
            "max_score": number(result.max_score),
            "versions": {program: plain.line(version) for program, version in result.versions},
        },
    }
    return readable_json(data)


def _output(result: Result, language: str) -> str:
    told = [plain.result_title(result, language), plain.total(result, language)]
    told += plain.reservations(result, language)
    waiting = outline.sections(result).not_started
    if waiting:
        told.append(worded("not_started", language, ids=", ".join(exercise.id for exercise in waiting)))
    return "\n".join([*told, plain.next_step(result, language)])


def _tests(exercise: ExerciseResult, language: str) -> Iterator[dict[str, Any]]:
    above = [plain.diagnosis(found, language) for found in exercise.diagnoses]
    above += [plain.line(in_language(note, language)) for note in exercise.notes]
    below = plain.printed(exercise, language)
    told = False
    for place, check in enumerate(exercise.checks, 1):
        decided = check.status not in outline.UNDECIDED
        output = [] if check.status is Status.PASSED else [plain.details(check, language)]
        if decided and output and not told:
            # What is about the exercise as a whole is told once, where it is first needed.
            output, told = [*above, *output, *below], True
        yield {
            **(_verdict(check) if decided else {}),
            "name": _name(exercise, check, language),
            "number": f"{exercise.id}.{place}",
            "output": "\n\n".join(output),
            "extra_data": {"exercise": exercise.name, "check": plain.line(check.name), "status": check.status.value},
        }


def _verdict(check: CheckResult) -> dict[str, Any]:
    return {
        "score": number(check.score),
        "max_score": number(check.max_score),
        "status": "passed" if check.status is Status.PASSED else "failed",
    }


def _name(exercise: ExerciseResult, check: CheckResult, language: str) -> str:
    of_exercise = plain.exercise_title(exercise, language)
    name = worded("problem_of", language, exercise=of_exercise, check=plain.title(check, language))
    if check.status in (Status.PASSED, Status.FAILED):
        return name
    word = STATUS[check.status].get(language)
    return f"{name}（{word}）" if language == "zh" else f"{name} ({word.lower()})"
