"""A process that marks attacks as they are named to it, each followed by an honest hand-in in the same sandbox.

Its arguments are a folder to write hand-ins in and the folders that student code must not see. It reads one name of an
attack a line, and writes for each one line of JSON: see `Marker.told`. At its start it writes a line with its process
id. What it learns goes to a descriptor of its own, because specs and libraries may print.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from hostile_corpus import Attack, read_attack

from grader.catalogue import Assignment, load_assignment
from grader.errors import UserError
from grader.handins.intake import read_handins
from grader.judge.marking import mark
from grader.results import Result
from grader.sandbox.bubblewrap import Bubblewrap
from grader.submission import Submission, SubmissionError, find_work

SAMPLES = Path(__file__).resolve().parent / "samples"
HONEST = SAMPLES / "honest"


def resident() -> int:
    """Return the bytes of memory that this process uses."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def delayed() -> float:
    """Return for how many seconds this process has waited for a core that others had."""
    try:
        return int(Path("/proc/self/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


class Marker:
    """Marks attacks in one sandbox.

    Args:
        folder: in which hand-ins are written.
        private: folders that student code must not see.
        answers: where lines go.
    """

    def __init__(self, folder: Path, private: list[Path], answers: Any) -> None:
        self.folder = folder
        self.answers = answers
        self.box = Bubblewrap(private, full=True)
        self.waiting: Attack | None = None
        self.told: dict[str, Any] = {}
        self.delayed = 0.0

    def run(self) -> None:
        """Mark until there are no more names."""
        self.box.wait_until_ready()
        self.say({"pid": os.getpid()})
        try:
            self.next()
            while self.waiting is not None:
                assignment = load_assignment(SAMPLES / "assignments" / self.waiting.assignment)
                mark(assignment, list(assignment.exercises), self.box, self.submissions(assignment), self.take)
        finally:
            self.box.close()

    def say(self, line: dict[str, Any]) -> None:
        """Write one line."""
        self.answers.write(json.dumps(line) + "\n")
        self.answers.flush()

    def next(self) -> None:
        """Take the next name."""
        line = sys.stdin.readline().strip()
        self.waiting = read_attack(line) if line else None

    def submissions(self, assignment: Assignment) -> Iterator[Submission]:
        """Give the hand-ins to mark, until one is of another assignment."""
        first = True
        while self.waiting is not None and self.waiting.assignment == assignment.name:
            attack = self.waiting
            if first:
                # What a process does at its first hand-in is not the first attack's time.
                yield self.honest(assignment)
                first = False
            if attack.after:
                before = self.read(read_attack(attack.after), assignment)
                if isinstance(before, Submission):
                    yield replace(before, name="before")
            self.told = {"name": attack.name, "refused": ""}
            found = self.read(attack, assignment)
            if isinstance(found, Submission):
                yield replace(found, name="attack")
            else:
                self.told["refused"] = found
            yield replace(self.honest(assignment), name="neighbour")
            self.told["memory"] = resident()
            self.say(self.told)
            self.next()

    def take(self, result: Result) -> None:
        """Take note of a result."""
        before, self.delayed = self.delayed, delayed()
        self.told[result.submission] = {
            "delayed": self.delayed - before,
            "score": result.score,
            "max_score": result.max_score,
            "complete": result.complete,
            "exercises": {
                exercise.name: {
                    "seconds": exercise.seconds,
                    "statuses": [check.status.value for check in exercise.checks],
                    "messages": [check.message.en[:300] for check in exercise.checks],
                }
                for exercise in result.exercises
            },
        }

    def read(self, attack: Attack, assignment: Assignment) -> Submission | str:
        """Return an attack's hand-in, as a batch of one student reads it, or why it is refused."""
        place = self.folder / attack.name
        attack.write(place / "class" / attack.name)
        known = [exercise.name for exercise in assignment.exercises]
        try:
            found = read_handins(place / "class", assignment.name, known, place / "workspace", None, known)
            if not found:
                return "nothing was handed in"
            (handin,) = found
            if handin.folder is None:
                return handin.problem.en
            return find_work(handin.folder, assignment, known)
        except SubmissionError as error:
            return error.text.en
        except UserError as error:
            return str(error)
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def honest(self, assignment: Assignment) -> Submission:
        """Return the honest hand-in."""
        return find_work(HONEST, assignment, [exercise.name for exercise in assignment.exercises])


def main() -> None:
    """Serve whoever started this process."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        try:
            folder, *private = map(Path, sys.argv[1:])
            Marker(folder, private, answers).run()
        except BaseException:
            answers.write(json.dumps({"fault": traceback.format_exc()[-3000:]}) + "\n")
            raise


if __name__ == "__main__":
    main()
