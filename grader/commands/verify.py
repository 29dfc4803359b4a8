"""`grade verify`: prove the specs with solutions, variants, stubs, known mistakes and mutants."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.status import Status

from grader.catalogue import (
    Assignment,
    Exercise,
    assignment_names,
    exercises_root,
    find,
)
from grader.commands.outputs import check_writable
from grader.commands.sandboxes import open_sandbox
from grader.errors import UserError
from grader.results import LANGUAGES, Text
from grader.sandbox.process import Sandbox
from grader.translation import say
from grader.verify.cases import Author
from grader.writing import write_text

if TYPE_CHECKING:
    from grader.verify.proof import Proof


@dataclass(frozen=True)
class _Work:
    """Exercises of one assignment, and where their author keeps what students do not get."""

    assignment: Assignment
    exercises: list[Exercise]
    author: Author


def run_verify(
    target: str | None, html: Path | None, seeds: int, mutants: bool, reference: Path | None, stubs: Path | None
) -> int:
    """Prove exercises and return the exit status: 0 if nothing is wrong with any of them, else 1.

    Raises:
        UserError: for a target or folders that do not exist, or a page that cannot be written.
    """
    root = exercises_root()
    names = [target] if target else assignment_names(root)
    if not names:
        raise UserError(say("There are no assignments in {root}.", root=root))
    if len(names) > 1 and (reference is not None or stubs is not None):
        raise UserError(
            say(
                "Name what to verify, one of: {names}; --reference and --stubs are for one alone.",
                names=", ".join(names),
            )
        )
    todo = [_work(name, root, reference, stubs) for name in names]
    if html is not None:
        check_writable(html)
    private = [root, *(folder for work in todo for folder in (work.author.reference, work.author.stubs)), Path.cwd()]
    box, notes = open_sandbox(True, private, True, todo[0].exercises[0].limits)
    console = Console(highlight=False)
    errors = Console(stderr=True, highlight=False)
    for note in notes:
        errors.print(note.en)
    try:
        proofs = _prove(todo, box, seeds, mutants, errors)
    finally:
        box.close()
    from grader.verify.matrix import print_proofs, render_proofs

    print_proofs(proofs, console)
    if html is not None:
        titles = [work.assignment.title for work in todo]
        heading = Text(*(" · ".join(title.get(language) for title in titles) for language in LANGUAGES))
        write_text(html, [render_proofs(proofs, heading)])
    return 1 if any(proof.findings for proof in proofs) else 0


def _work(target: str, root: Path, reference: Path | None, stubs: Path | None) -> _Work:
    """Return what a target means, and where its author keeps the rest.

    Raises:
        UserError: for a target or folders that do not exist.
    """
    assignment, exercises = find(target, root)
    author = Author(
        reference if reference is not None else root.parent / "reference" / assignment.name,
        stubs if stubs is not None else assignment.stubs,
    )
    for folder, option in ((author.reference, "--reference"), (author.stubs, "--stubs")):
        if not folder.is_dir():
            raise UserError(
                say(
                    "There is no folder {folder}; it is in a checkout of the course, or {option} names it.",
                    folder=folder,
                    option=option,
                )
            )
    return _Work(assignment, exercises, author)


def _prove(todo: list[_Work], box: Sandbox, seeds: int, mutants: bool, errors: Console) -> list[Proof]:
    proofs = []
    exercises = [(work, exercise) for work in todo for exercise in work.exercises]
    # A spinner on a terminal, one finished line for each exercise anywhere.
    with errors.status("Starting PyTorch ...") as status:
        from grader.verify.proof import prove

        for number, (work, exercise) in enumerate(exercises, 1):
            label = f"{number}/{len(exercises)} {exercise.id} {exercise.name}"
            started = time.monotonic()
            show = partial(_show, status, label)
            proof = prove(work.assignment, exercise, work.author, box, seeds, mutants, show)
            seconds = time.monotonic() - started
            findings = "1 finding" if len(proof.findings) == 1 else f"{len(proof.findings)} findings"
            share = f", {proof.killed} of {len(proof.counted)} mutants killed" if proof.trials else ""
            text = f"{label}: {len(proof.outcomes)} cases, {findings}{share} ({seconds:.1f} s)"
            errors.print(text, soft_wrap=True, markup=False)
            sys.stderr.flush()
            proofs.append(proof)
    return proofs


def _show(status: Status, label: str, step: str) -> None:
    status.update(f"{label}: {step}")
