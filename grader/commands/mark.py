"""`grade ex5`: mark one submission, print the outcome, write the files that were asked for."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from grader.commands.outputs import Outputs, commands_stopped, is_github, write_github
from grader.commands.progress import progress
from grader.commands.sandboxes import open_sandbox
from grader.commands.task import Task, choose_exercises, import_judge
from grader.errors import UserError
from grader.results import Result
from grader.translation import say


def run_mark(
    target: str,
    submission: Path,
    seed: int,
    sandbox: bool,
    lang: str,
    verbose: bool,
    html: Path | None = None,
    json_path: Path | None = None,
    junit: Path | None = None,
    gradescope: Path | None = None,
    github: bool | None = None,
    watch: bool = False,
) -> int:
    """Mark one submission and return the exit status.

    Raises:
        UserError: for a target or a submission that does not exist, or a file that cannot be written.
        KeyboardInterrupt: if Ctrl-C comes before the end.
    """
    assignment, exercises = choose_exercises(target, submission)
    outputs = Outputs(html, json_path, junit, gradescope)
    task = Task(assignment, exercises, submission, seed, lang, verbose, outputs)
    if watch:
        if github:
            raise UserError(
                say("--watch is for a person at a terminal, --github for a run that ends; leave out one of them.")
            )
        if find_spec("watchfiles") is None:
            raise UserError(
                say("--watch needs the package watchfiles, which is not installed: pip install watchfiles.")
            )
        from grader.commands.watch import run_watch

        return run_watch(task, sandbox)
    with commands_stopped(is_github(github, os.environ)):
        result = _mark(task, sandbox)
    if is_github(github, os.environ):
        write_github(result, lang, task.base, os.environ)
    if result.has_grader_error:
        return 3
    return 0 if result.passed else 1


def _mark(task: Task, sandbox: bool) -> Result:
    """Mark, print the outcome and write the files; return the result."""
    work = task.read()
    task.outputs.check()
    box, notes = open_sandbox(sandbox, [task.base, Path.cwd()], len(task.exercises) > 1, task.exercises[0].limits)
    exercises = list(task.exercises)
    results: list[Result] = []
    try:
        with progress(len(exercises), task.language) as (update, console):
            import_judge().mark(task.assignment, exercises, box, [work], results.append, update, task.seed, notes)
    finally:
        box.close()
    if not results:
        # pytest ends its session at Ctrl-C as if all were well.
        raise KeyboardInterrupt
    from grader.reports.terminal import print_result

    print_result(results[0], console, task.language, task.verbose)
    task.outputs.write(results[0], exercises, task.language)
    task.remember(work, results[0], work.sources)
    return results[0]
