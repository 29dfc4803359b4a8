"""`grade verify`: prove the specs with solutions, variants, stubs, known mistakes and mutants."""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.status import Status

from grader.catalogue import (
    Assignment,
    Exercise,
    UnknownTargetError,
    assignment_names,
    exercises_root,
    find,
)
from grader.commands.outputs import check_writable
from grader.commands.sandboxes import open_sandbox
from grader.errors import UserError
from grader.sandbox.process import Sandbox
from grader.verify.cases import Author
from grader.writing import write_text

if TYPE_CHECKING:
    from grader.verify.proof import Proof

DEFAULT = "ex5"


def run_verify(
    target: str | None, html: Path | None, seeds: int, mutants: bool, reference: Path | None, stubs: Path | None
) -> int:
    """Prove exercises and return the exit status: 0 if nothing is wrong with any of them, else 1.

    Raises:
        UserError: for a target or folders that do not exist, or a page that cannot be written.
    """
    root = exercises_root()
    assignment, exercises = find(target or _only_assignment(root), root)
    author = Author(
        reference if reference is not None else root.parent / "reference" / assignment.name,
        stubs if stubs is not None else assignment.stubs,
    )
    for folder, option in ((author.reference, "--reference"), (author.stubs, "--stubs")):
        if not folder.is_dir():
            raise UserError(f"There is no folder {folder}; it is in a checkout of the course, or {option} names it.")
    if html is not None:
        check_writable(html)
    private = [root, author.reference, author.stubs, Path.cwd()]
    box, notes = open_sandbox(True, private, True, exercises[0].limits)
    console = Console(highlight=False)
    errors = Console(stderr=True, highlight=False)
    for note in notes:
        errors.print(note.en)
    try:
        proofs = _prove(assignment, exercises, author, box, seeds, mutants, errors)
    finally:
        box.close()
    from grader.verify.matrix import print_proofs, render_proofs

    print_proofs(proofs, console)
    if html is not None:
        write_text(html, [render_proofs(proofs, assignment.title)])
    return 1 if any(proof.findings for proof in proofs) else 0


def _prove(
    assignment: Assignment,
    exercises: list[Exercise],
    author: Author,
    box: Sandbox,
    seeds: int,
    mutants: bool,
    errors: Console,
) -> list[Proof]:
    proofs = []
    # A spinner on a terminal, one finished line for each exercise anywhere.
    with errors.status("Starting PyTorch ...") as status:
        from grader.verify.proof import prove

        for number, exercise in enumerate(exercises, 1):
            label = f"{number}/{len(exercises)} {exercise.id} {exercise.name}"
            started = time.monotonic()
            show = partial(_show, status, label)
            proof = prove(assignment, exercise, author, box, seeds, mutants, show)
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


def _only_assignment(root: Path) -> str:
    names = assignment_names(root)
    if len(names) == 1 or not names:
        return names[0] if names else DEFAULT
    if DEFAULT in names:
        return DEFAULT
    raise UnknownTargetError(f"Name what to verify, one of: {', '.join(names)}.")
