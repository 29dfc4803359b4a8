"""Results as JUnit XML, which CI servers read: a suite for each submission, a case for each check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from grader.reports import plain
from grader.reports.cells import number
from grader.results import CheckResult, ExerciseResult, Result, Status

# A failure is the student's to mend and an error is ours; what this machine could not try is skipped. A stub that
# nobody touched is a failure too: skipped, it would leave the build green.
_ELEMENTS = {Status.GRADER_ERROR: "error", Status.NOT_RUN: "skipped", Status.PASSED: ""}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def junit_xml(results: Iterable[Result], language: str = "en") -> Iterator[str]:
    """Yield JUnit XML in pieces, one for each result, each made when it is asked for.

    Cases go by the name of the check, which no translation changes; ``classname`` is that of the exercise behind that
    of the submission, so that nobody's cases are taken for another's. Messages are in `language`. The ``errors`` of a
    suite are faults of the grader alone. Scores are properties of the suite; an unfinished one is not ``complete``.
    What XML cannot hold is written as an escape. To be written as UTF-8.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="grade">\n'
    for result in results:
        suite = _suite(result, language)
        ElementTree.indent(suite)
        yield ElementTree.tostring(suite, encoding="unicode") + "\n"
    yield "</testsuites>\n"


def _suite(result: Result, language: str) -> ElementTree.Element:
    checks = [check for exercise in result.exercises for check in exercise.checks]
    kinds = Counter(_element(check) for check in checks)
    name = plain.line(result.submission) or result.assignment
    moment = _MOMENT.match(result.created)
    suite = ElementTree.Element(
        "testsuite",
        name=name,
        tests=str(len(checks)),
        failures=str(kinds["failure"]),
        errors=str(kinds["error"]),
        skipped=str(kinds["skipped"]),
        time=_seconds(result.seconds),
    )
    if moment:
        suite.set("timestamp", moment.group())
    _properties(suite, result)
    for exercise in result.exercises:
        for check in exercise.checks:
            # A dot would begin another level in the tree that a CI server shows.
            _case(suite, f"{name.replace('.', '_')}.{plain.line(exercise.name)}", exercise, check, language)
    return suite


def _properties(suite: ElementTree.Element, result: Result) -> None:
    found = {
        "assignment": result.assignment,
        "max_score": number(result.max_score),
        "complete": str(result.complete).lower(),
        "seed": result.seed,
        "sandbox": result.sandbox,
        **{f"version.{program}": version for program, version in result.versions},
    }
    if not plain.nothing_decided(result):
        found["score"] = number(result.score)
    inner = ElementTree.SubElement(suite, "properties")
    for name, value in found.items():
        ElementTree.SubElement(inner, "property", name=plain.line(name), value=plain.line(str(value)))


def _case(
    suite: ElementTree.Element, classname: str, exercise: ExerciseResult, check: CheckResult, language: str
) -> None:
    case = ElementTree.SubElement(
        suite, "testcase", classname=classname, name=plain.line(check.name), time=_seconds(check.seconds)
    )
    kind = _element(check)
    if not kind:
        return
    asked, why = plain.title(check, language), plain.line(plain.message(check, language))
    inner = ElementTree.SubElement(
        case, kind, type=check.status.value, message=f"{asked}：{why}" if language == "zh" else f"{asked}: {why}"
    )
    head = f"{exercise.id} {plain.exercise_title(exercise, language)}"
    inner.text = f"{head}\n{plain.details(check, language)}\n"


def _element(check: CheckResult) -> str:
    return _ELEMENTS.get(check.status, "failure")


def _seconds(value: float) -> str:
    return f"{max(value, 0.0):.3f}"
