"""`grade ex5 --watch`: mark again on every save what changed, with torch kept warm, and show what that changed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.status import Status as Spinner

from grader.commands.progress import waiting_words
from grader.commands.sandboxes import open_sandbox
from grader.commands.task import Task, import_judge
from grader.commands.watched import Watched
from grader.errors import UserError
from grader.reports.changes import print_changes
from grader.reports.terminal import Printer
from grader.results import UNSURE, ExerciseResult, Result, Text
from grader.sandbox.plain import Plain
from grader.sandbox.process import Sandbox, SandboxError
from grader.state import digest
from grader.submission import Source, Submission, SubmissionError
from grader.translation import say

_WATCHING = say("Watching {folder}: what you save is marked at once. Ctrl-C ends.")
_STOPPED = say("Stopped.")
_MARKING = say("Marking {ids} ...")
_WAITING = say("{problem} Waiting.")


def run_watch(task: Task, sandbox: bool) -> int:
    """Mark, then mark again whatever changes, until Ctrl-C; return the exit status 0.

    Raises:
        UserError: if there is no submission to begin with.
        KeyboardInterrupt: if Ctrl-C comes before the first result.
    """
    # From here on no change is missed.
    watched = Watched(task.path, task.assignment.name)
    work = task.read()
    task.outputs.check()
    box, notes = open_sandbox(sandbox, [task.base, Path.cwd()], True, task.exercises[0].limits)
    watch = _Watch(task, box, watched, work)
    try:
        with watch.spinner:
            judge = import_judge()
            judge.mark(
                task.assignment, list(task.exercises), box, watch.submissions(), watch.on_result,
                seed=task.seed, notes=notes, memory=watch,
            )  # fmt: skip
    finally:
        box.close()
    # pytest ends its session at Ctrl-C as if all were well.
    if watch.last is None:
        raise KeyboardInterrupt
    watch.printer.blank()
    watch.printer.block(watch.printer.get(_STOPPED))
    return 0


@dataclass(frozen=True)
class _Kept:
    """How an exercise ended, and the digest of all that this depends on."""

    digest: str
    result: ExerciseResult


class _Watch:
    """One session of watching; also the memory of what need not be marked again."""

    def __init__(self, task: Task, box: Sandbox, watched: Watched, work: Submission) -> None:
        self.task = task
        self.box = box
        self.watched = watched
        self.work = work
        self.last: Result | None = None
        self.printer = Printer(Console(highlight=False), task.language, task.verbose)
        self.spinner = Spinner(waiting_words(task.language), console=Console(stderr=True))
        self.kept: dict[str, _Kept] = {}
        self.asked: tuple[str, ...] = ()
        self.since = time.monotonic()

    # What is marked, and when

    def submissions(self) -> Iterator[Submission]:
        """Yield the submission now, and again whenever something of it has changed; ends with KeyboardInterrupt."""
        yield self._to_mark(self.work, self.work.sources)
        changed: set[str] = set()
        said = ""
        for names in self.watched.changes():
            if names:
                self.since = time.monotonic()
            changed |= names
            if not changed:
                continue
            try:
                work = self.task.read()
            except SubmissionError as error:
                # An editor may be about to write it anew: one beat to do so.
                if not names and str(error) != said:
                    said = str(error)
                    self._say(_WAITING, problem=said)
                continue
            if names and self._is_unfinished(work):
                continue
            again = self._changed(work, changed)
            changed, said = set(), ""
            if again:
                yield self._to_mark(work, again)

    def _to_mark(self, work: Submission, names: Iterable[str]) -> Submission:
        self.work, self.asked = work, tuple(names)
        for name in self.asked:
            self.kept.pop(name, None)
        if self.last is not None:
            ids = [exercise.id for exercise in self.task.exercises if exercise.name in self.asked]
            self.spinner.update(_MARKING.get(self.task.language).format(ids=", ".join(ids)))
            self.spinner.start()
        return work

    def _is_unfinished(self, work: Submission) -> bool:
        """Whether a file that was there is missing or empty, as between two steps of an editor."""
        return any(
            not (source.data or b"").strip() and self.kept[name].digest != _digest(source)
            for name, source in work.sources.items()
            if name in self.kept
        )

    def _changed(self, work: Submission, files: Iterable[str]) -> list[str]:
        """Return the exercises of `work` to mark: those that changed, and those saved anew whose end was unsure."""
        saved = set(files)
        return [
            name
            for name, source in work.sources.items()
            if name not in self.kept
            or self.kept[name].digest != _digest(source)
            or (
                {Path(file).name for file in re.split(", ", source.file)} & saved
                and UNSURE & {check.status for check in self.kept[name].result.checks}
            )
        ]

    # The memory of the judge

    def known(self, submission: Submission) -> dict[str, ExerciseResult]:
        """Return the results of all exercises that are not to be marked now."""
        return {name: self.kept[name].result for name in submission.sources if name in self.kept}

    def keep(self, source: Source, result: ExerciseResult) -> None:
        """Take note of how an exercise ended."""
        self.kept[source.module] = _Kept(_digest(source), result)

    # What is shown

    def on_result(self, result: Result) -> None:
        """Show a result, write the files, and make ready for the next change."""
        self.spinner.stop()
        seconds = time.monotonic() - self.since
        result = replace(result, seconds=round(seconds, 3))
        self.task.remember(self.work, result, self.asked)
        if self.last is None:
            self.printer.result(result)
            self._say(_WATCHING, folder=str(self.task.path if self.task.path.is_file() else self.task.folder))
        else:
            self.printer.blank()
            self.printer.block((time.strftime("%H:%M:%S"), "dim"))
            print_changes(self.last, result, self.asked, self.printer, seconds)
        self.last = result
        self._write(result)
        self._make_ready()

    def _write(self, result: Result) -> None:
        try:
            self.task.outputs.write(result, list(self.task.exercises), self.task.language)
        except UserError as error:
            # Such as a page that another program has locked: the next save tries again.
            self.printer.block((f"{error}", "yellow"))

    def _make_ready(self) -> None:
        if not self.box.is_alive():
            raise SandboxError("the sandbox has ended; run the command again")
        if isinstance(self.box, Plain):
            # A process that student code has spoilt or ended is replaced now, not when the next file is saved.
            last = next(exercise for exercise in reversed(self.task.exercises) if exercise.name in self.asked)
            self.box.keep_ready(last.limits)

    def _say(self, words: Text, **values: str) -> None:
        self.printer.blank()
        self.printer.block(self.printer.get(words).format(**values))


def _digest(source: Source) -> str:
    """Return what makes two sources the same: the code, and those modules beside it that it may import.

    A module counts if its name occurs, in whatever way, in the code or in another module that counts.
    """
    reached: dict[str, bytes] = {}
    waiting = [source.data or b""]
    while waiting:
        text = waiting.pop()
        for file, data in source.helpers.items():
            if file not in reached and re.search(rb"\b%s\b" % re.escape(Path(file).stem.encode()), text):
                reached[file] = data
                waiting.append(data)
    parts = [source.file, source.problem.en, *(f"{file} {digest(reached[file])}" for file in sorted(reached))]
    return digest("\n".join([digest(source.data), *parts]).encode("utf-8", "surrogatepass"))
