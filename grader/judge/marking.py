"""From submissions to results: one pytest session over the specs, one `Result` for each submission."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import pytest
import torch
import torch.testing._comparison

import grader
from grader.catalogue import Assignment, CatalogueError, Exercise
from grader.judge.diagnose import diagnose
from grader.judge.plugin import JudgePlugin, Ran
from grader.results import (
    CheckResult,
    ExerciseResult,
    Location,
    Result,
    SourceLine,
    Status,
    Text,
    rounded,
    share,
    worst,
)
from grader.sandbox.process import Sandbox
from grader.state import cache_folder
from grader.submission import Source, Submission
from grader.translation import say

UNUSED_PLUGINS = (
    # unraisableexception collects garbage over torch's whole heap, twice a session.
    "unraisableexception threadexception faulthandler cacheprovider doctest junitxml pastebin stepwise logging "
    "debugging setuponly setupplan terminal subtests"
).split()


class Memory(Protocol):
    """Results of exercises, kept from one submission to the next."""

    def known(self, submission: Submission) -> dict[str, ExerciseResult]:
        """Return the results that are known of a submission's exercises, by the exercise's name."""

    def keep(self, source: Source, result: ExerciseResult) -> None:
        """Take note of how an exercise ended."""


def mark(
    assignment: Assignment,
    exercises: list[Exercise],
    sandbox: Sandbox,
    submissions: Iterable[Submission],
    on_result: Callable[[Result], None],
    on_check: Callable[[Exercise, Status], None] | None = None,
    seed: int = 0,
    notes: tuple[Text, ...] = (),
    memory: Memory | None = None,
) -> None:
    """Mark submissions one after the other, each against all `exercises`.

    Args:
        assignment: to which the exercises belong.
        exercises: whose checks are run, in this order.
        sandbox: where the submissions' code runs.
        submissions: taken one by one; the next is asked for when the one before is marked.
        on_result: called with each submission's result.
        on_check: called as each check ends.
        seed: from which all randomness comes; the same seed gives the same result.
        notes: for every result, such as what the sandbox lacks.
        memory: of exercises that were marked before and need not be again.
    """
    catalogue = _Texts(exercises)
    known: dict[str, ExerciseResult] = {}

    def recall(submission: Submission) -> dict[str, ExerciseResult]:
        known.clear()
        known.update(memory.known(submission) if memory is not None else {})
        return known

    started = time.monotonic()

    def on_report(submission: Submission, report: dict[str, Any], ran: dict[str, Ran]) -> None:
        nonlocal started
        now = time.monotonic()
        result = _result(exercises, submission, report, ran, catalogue, plugin.collect_errors, known)
        for exercise in result:
            if memory is not None and exercise.name not in known:
                memory.keep(submission.sources[exercise.name], exercise)
        on_result(
            Result(
                assignment=assignment.name,
                title=assignment.title,
                submission=submission.name,
                seed=seed,
                score=rounded(sum((Fraction(e.score) for e in result), Fraction(0))),
                max_score=rounded(sum((Fraction(e.max_score) for e in result), Fraction(0))),
                complete=not any(
                    check.status is Status.GRADER_ERROR or (check.status is Status.NOT_RUN and check.max_score > 0)
                    for exercise in result
                    for check in exercise.checks
                ),
                sandbox=sandbox.kind,
                exercises=result,
                versions=versions(),
                notes=notes,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                seconds=round(now - started, 3),
            )
        )
        started = time.monotonic()

    plugin = JudgePlugin(exercises, sandbox, seed, submissions, on_report, on_check or _ignore, recall)
    _run_pytest(assignment.folder, [path for exercise in exercises for path in exercise.specs], plugin)


def _ignore(_exercise: Exercise, _status: Status) -> None:
    """Let a check end without telling anyone."""


def versions() -> tuple[tuple[str, str], ...]:
    """Return the versions on which a result depends."""
    return (
        ("grader", grader.__version__),
        ("torch", str(torch.__version__)),
        ("python", platform.python_version()),
    )


def _run_pytest(folder: Path, specs: list[Path], plugin: JudgePlugin) -> None:
    torch.set_num_threads(1)
    # assert_close otherwise imports half of torch at its first call to recognise distributed tensors; none come here.
    torch.testing._comparison._HAS_DTENSOR = False
    arguments = [
        "-c",
        str(Path(__file__).with_name("pytest.ini")),
        f"--rootdir={folder}",
        f"--confcutdir={folder}",
    ]
    arguments += [word for name in UNUSED_PLUGINS for word in ("-p", f"no:{name}")]
    arguments += ["-p", "pytest_jsonreport.plugin", "--json-report-file=none", "--capture=no"]
    arguments += [
        "--json-report-omit",
        "collectors",
        "log",
        "traceback",
        "streams",
        "warnings",
        "keywords",
        "--",
    ]
    # Modules beside the exercises, such as stand-ins for hardware, are imported by their specs.
    sys.path.insert(0, str(folder))
    before = {name: os.environ.pop(name) for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS") if name in os.environ}
    # pytest takes longer to prepare a spec than to run it, and keeps what it prepared where Python keeps its bytecode:
    # in a folder of the user's, because the installed one may not be writable and a checkout should stay clean.
    bytecode = sys.dont_write_bytecode, sys.pycache_prefix
    cache = cache_folder()
    sys.dont_write_bytecode, sys.pycache_prefix = False, None if cache is None else str(cache)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        status = pytest.main([*arguments, *map(str, specs)], plugins=[plugin])
    finally:
        sys.dont_write_bytecode, sys.pycache_prefix = bytecode
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(before)
        sys.path.remove(str(folder))
        # Another assignment may have an exercise, or a module beside its exercises, of the same name.
        for name, module in list(sys.modules.items()):
            if _is_in(folder, module):
                del sys.modules[name]
    if plugin.internal_error is not None:
        raise plugin.internal_error
    if status == pytest.ExitCode.USAGE_ERROR:
        raise CatalogueError(f"pytest refuses the specs in {folder}.")


def _is_in(folder: Path, module: ModuleType) -> bool:
    """Whether a module comes from a folder, or is a folder there, as pytest makes of an exercise's."""
    spec = getattr(module, "__spec__", None)
    places = [getattr(module, "__file__", None), *(getattr(spec, "submodule_search_locations", None) or ())]
    return any(str(place).startswith(str(folder) + os.sep) for place in places)


class _Texts:
    """The exercises' texts, read once."""

    def __init__(self, exercises: list[Exercise]) -> None:
        self.checks = {exercise.name: exercise.check_texts() for exercise in exercises}
        self.mistakes = {exercise.name: exercise.mistakes() for exercise in exercises}


def _result(
    exercises: list[Exercise],
    submission: Submission,
    report: dict[str, Any],
    ran: dict[str, Ran],
    texts: _Texts,
    collect_errors: dict[str, str],
    known: dict[str, ExerciseResult],
) -> tuple[ExerciseResult, ...]:
    by_exercise: dict[str, list[dict[str, Any]]] = {exercise.name: [] for exercise in exercises}
    for test in report["tests"]:
        by_exercise[test["metadata"]["exercise"]].append(test)
    return tuple(
        known.get(exercise.name)
        or _exercise_result(
            exercise,
            by_exercise[exercise.name],
            submission,
            ran.get(exercise.name, Ran("")),
            texts,
            next((text for where, text in collect_errors.items() if exercise.name in where), ""),
        )
        for exercise in exercises
    )


def _exercise_result(
    exercise: Exercise,
    tests: list[dict[str, Any]],
    submission: Submission,
    ran: Ran,
    texts: _Texts,
    collect_error: str,
) -> ExerciseResult:
    scores = share(exercise.points, [test["metadata"]["weight"] for test in tests])
    checks = [
        _check_result(test, points, texts.checks[exercise.name]) for test, points in zip(tests, scores, strict=True)
    ]
    earned = sum((p for p, check in zip(scores, checks, strict=True) if check.status is Status.PASSED), Fraction(0))
    not_loaded = any(test["metadata"]["verdict"]["at_import"] for test in tests)
    if not checks:
        message = say("The grader failed, not the submission: the spec cannot be read. {error}", error=collect_error)
        title = say("The spec can be read")
        checks = [CheckResult("spec", title, Status.GRADER_ERROR, 0.0, rounded(exercise.points), message)]
    return ExerciseResult(
        id=exercise.id,
        name=exercise.name,
        title=exercise.title,
        score=rounded(earned),
        max_score=rounded(exercise.points),
        status=worst(check.status for check in checks if check.max_score > 0 or check.status is not Status.NOT_RUN),
        checks=tuple(checks),
        diagnoses=() if not_loaded else diagnose(checks, texts.mistakes[exercise.name]),
        file=submission.sources[exercise.name].file,
        book=exercise.book,
        output=ran.output,
        notes=(*submission.sources[exercise.name].notes, *ran.notes),
        hidden_left=exercise.has_hidden and exercise.hidden_spec is None,
        signs=ran.signs,
        seconds=round(sum(check.seconds for check in checks), 4),
    )


def _check_result(test: dict[str, Any], points: Fraction, zh: dict[str, dict[str, str]]) -> CheckResult:
    meta = test["metadata"]
    verdict = meta["verdict"]
    status = Status(verdict["status"])
    own = zh.get(meta["function"], {})
    return CheckResult(
        name=meta["name"],
        title=Text(meta["title"], own.get("title", "")),
        status=status,
        score=rounded(points) if status is Status.PASSED else 0.0,
        max_score=rounded(points),
        message=Text(**verdict["message"]),
        hint=Text(meta["hint"], own.get("hint", "")),
        seen=Text(**verdict["seen"]),
        expected=Text(**verdict["expected"]),
        location=_location(verdict["location"]),
        hidden=meta["hidden"],
        frames=tuple(place for frame in verdict["frames"] if (place := _location(frame)) is not None),
        seconds=round(sum(test[stage]["duration"] for stage in ("setup", "call", "teardown") if stage in test), 4),
    )


def _location(entry: dict[str, Any] | None) -> Location | None:
    if entry is None:
        return None
    return Location(entry["file"], entry["line"], entry["function"], tuple(SourceLine(**s) for s in entry["source"]))
