"""One run of a batch: what must be marked is marked, the rest is in the gradebook already."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.batch.files import is_written, write_student
from grader.batch.gradebook import Gradebook
from grader.batch.identity import marking_digest, submission_digest
from grader.batch.pool import Pool, Standing
from grader.batch.recall import Recall
from grader.batch.similarity import SameCode
from grader.batch.worker import Job, Setting
from grader.class_result import Entry, Outcome
from grader.results import Result
from grader.submission import Submission, SubmissionError, find_work
from grader.translation import say


@dataclass(frozen=True)
class Work:
    """A hand-in as read: the entry of its student, and the folder of its files, or None if there is nothing to mark."""

    entry: Entry
    folder: Path | None


@dataclass(frozen=True)
class Progress:
    """How far a run is: hand-ins marked, to mark in this run, known from before, and who is being marked."""

    marked: int
    total: int
    known: int
    standing: tuple[Standing, ...] = ()


class Run:
    """Marks a class into a gradebook.

    Args:
        setting: for the workers.
        gradebook: where results go as they come.
        size: how many hand-ins are marked at the same time.
        fresh: whether to mark again what is in the gradebook.
        same_code: is shown every file.
        on_progress: called several times a second.
    """

    def __init__(
        self,
        setting: Setting,
        gradebook: Gradebook,
        size: int,
        fresh: bool,
        same_code: SameCode,
        on_progress: Callable[[Progress], None],
    ) -> None:
        self._setting = setting
        self._gradebook = gradebook
        self._size = size
        self._fresh = fresh
        self._same_code = same_code
        self._on_progress = on_progress
        self._digest = marking_digest(setting.assignment, setting.exercises, setting.seed, setting.kind)
        self._entries: dict[str, Entry] = {}
        self._keys: dict[str, str] = {}
        # Students who handed in the same content wait for the first of them.
        self._same: dict[str, list[Work]] = {}
        self._recall = Recall()
        self._marked = 0

    def mark(self, works: list[Work]) -> None:
        """Mark a class; students who are in none of `works` leave the gradebook's list.

        Raises:
            PoolError: if workers cannot be started.
            UserError: if a result cannot be written.
        """
        waiting = [work for work in works if not self._settle(work)]
        known = sum(work.folder is not None for work in works) - len(waiting)
        total = len(waiting)
        self._gradebook.keep_only(work.entry.key for work in works)
        first = {self._keys[work.entry.key]: work for work in reversed(waiting)}
        for work in waiting:
            if first[self._keys[work.entry.key]] is not work:
                self._same.setdefault(self._keys[work.entry.key], []).append(work)
        self._on_progress(Progress(0, total, known))
        if not first:
            return
        to_mark = sorted(first.values(), key=lambda work: work.entry.key)
        pool = Pool(self._setting, self._size)
        try:
            pool.run(
                self._jobs(to_mark),
                len(to_mark),
                self._done,
                lambda standing: self._on_progress(Progress(self._marked, total, known, tuple(standing))),
            )
        finally:
            pool.close()

    def _read(self, work: Work, folder: Path) -> Submission:
        names = [exercise.name for exercise in self._setting.exercises]
        return replace(find_work(folder, self._setting.assignment, names), name=work.entry.name)

    def _settle(self, work: Work) -> bool:
        """Record a hand-in that need not be marked; return whether that was so."""
        entry = work.entry
        self._entries[entry.key] = entry
        if work.folder is None:
            self._unmarked(entry)
            return True
        try:
            submission = self._read(work, work.folder)
        except SubmissionError as error:
            self._unmarked(replace(entry, outcome=Outcome.REFUSED, reason=error.text))
            return True
        for name, source in submission.sources.items():
            if source.data is not None:
                self._same_code.add(name, entry.key, source.data)
        key = self._keys[entry.key] = self._digest[:32] + submission_digest(submission)[:32]
        if self._fresh or not self._gradebook.has(key):
            return False
        result = self._gradebook.result(key)
        if result is None:
            self._gradebook.forget(key)
            return False
        self._known(entry, key, result)
        return True

    def _jobs(self, works: list[Work]) -> Iterator[Job]:
        for work in works:
            assert work.folder is not None
            # Read when its turn comes: a thousand hand-ins need not be in memory at once.
            submission = self._read(work, work.folder)
            yield Job(work.entry.key, submission, self._recall.known(submission))

    def _done(self, job: Job, result: Result | None, why: str) -> None:
        """Record a result as it comes, for everyone who handed in the same."""
        key = self._keys[job.key]
        entry = self._entries[job.key]
        same = self._same.pop(key, [])
        if result is None:
            reason = say(
                "Marking this hand-in ended the grader's worker twice ({why}). Look at its code by hand.", why=why
            )
            for other in (entry, *(work.entry for work in same)):
                self._unmarked(replace(other, outcome=Outcome.CRASHED, reason=reason, complete=False))
        else:
            for exercise in result.exercises:
                self._recall.keep(job.submission.sources[exercise.name], exercise)
            self._gradebook.record(replace(entry, outcome=Outcome.MARKED), key, result)
            for work in same:
                self._known(work.entry, key, result)
        self._marked += 1 + len(same)

    def _known(self, entry: Entry, key: str, result: Result) -> None:
        """Record a student whose result is known, and see that the files are there."""
        folder = self._setting.students / entry.key
        own = replace(result, submission=entry.name)
        if not is_written(folder, own, self._setting.language):
            write_student(folder, own, self._setting.language)
        self._gradebook.record(replace(entry, outcome=Outcome.MARKED), key)

    def _unmarked(self, entry: Entry) -> None:
        """Record a student without a result; pages of an earlier hand-in would mislead."""
        shutil.rmtree(self._setting.students / entry.key, ignore_errors=True)
        self._gradebook.record(entry, self._keys.get(entry.key))
