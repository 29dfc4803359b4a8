"""What `grade verify` found: a matrix of mistakes and checks for each exercise, on a terminal and as a page."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text as Line

from grader.reports import text
from grader.reports.scorecard import page
from grader.results import Status, Text
from grader.verify.cases import Kind
from grader.verify.outcomes import Outcome, Trial
from grader.verify.proof import Proof

# How a check ended, in one character: for a terminal, for one without Unicode, and its style.
_SYMBOLS = {
    Status.PASSED: ("·", ".", "dim"),
    Status.FAILED: ("✗", "x", "red"),
    Status.ERROR: ("E", "E", "red"),
    Status.CRASHED: ("C", "C", "red"),
    Status.TIMEOUT: ("T", "T", "red"),
    Status.MEMORY: ("M", "M", "red"),
    Status.MISSING: ("?", "?", "yellow"),
    Status.NOT_ATTEMPTED: ("-", "-", "yellow"),
    Status.NOT_RUN: (" ", " ", ""),
    Status.GRADER_ERROR: ("!", "!", "magenta"),
}
_MEANINGS = "{} failed, E error, T timeout, M memory, C crashed, ? missing, ! grader error, {} passed"
_WIDTH = 80


def letter(number: int) -> str:
    """Return a short name for a check: a ... z, A ... Z, then numbers."""
    letters = string.ascii_letters
    return letters[number] if number < len(letters) else str(number + 1)


def share(proof: Proof) -> str:
    """Return how many of the mutants that count are killed, in words."""
    total = len(proof.counted)
    ratio = f" ({proof.killed / total:.1%})" if total else ""
    equivalent = len(proof.trials) - total
    listed = f"; {equivalent} more listed as equivalent" if equivalent else ""
    return f"{proof.killed} of {total} mutants killed{ratio}{listed}"


def cases(proof: Proof) -> str:
    """Return in words which cases an exercise was proved with."""
    counts = [(len(proof.of_kind(kind)), kind.value) for kind in (Kind.VARIANT, Kind.MISTAKE)]
    words = [f"{n} {name}{'' if n == 1 else 's'}" for n, name in counts]
    return f"solution, stub, {', '.join(words)}; {proof.seeds} seed{'' if proof.seeds == 1 else 's'}"


def caught_by(proof: Proof, check: str) -> int:
    """Return how many mistakes fail a check."""
    return sum(check in outcome.failed for outcome in proof.of_kind(Kind.MISTAKE))


def print_proofs(proofs: Sequence[Proof], console: Console) -> None:
    """Print matrix, findings and surviving mutants of each exercise, then one line for each of them."""
    printer = _Printer(console)
    for proof in proofs:
        printer.proof(proof)
    printer.closing(proofs)


class _Printer:
    def __init__(self, console: Console) -> None:
        self.console = console
        self.unicode = text.can_encode("✗·…", console.encoding)

    def proof(self, proof: Proof) -> None:
        self.line((f"{proof.exercise.id} {proof.exercise.title.get('en')}", "bold"), f"  {proof.exercise.name}")
        if proof.outcomes:
            self.wrapped(cases(proof), 2)
            self.line()
            self.matrix(proof)
        for finding in proof.findings:
            self.wrapped(finding, 2, mark=True)
        if proof.findings:
            self.line()
        if proof.trials:
            self.wrapped(share(proof), 2)
            for trial in proof.survivors:
                self.survivor(trial)
            self.line()

    def matrix(self, proof: Proof) -> None:
        checks = proof.checks
        mistakes = proof.of_kind(Kind.MISTAKE)
        letters = [letter(number) for number in range(len(checks))]
        gap = " " if 2 * len(checks) <= _WIDTH // 2 else ""
        room = max(_WIDTH - 3 - sum(len(name) + len(gap) for name in letters), 12)
        width = min(max((len(outcome.case.name) for outcome in mistakes), default=0), room)
        self.line("  " + " " * width + " ", (gap.join(letters), "bold"))
        for outcome in mistakes:
            name = outcome.case.name
            name = name if len(name) <= width else name[: width - 1] + ("…" if self.unicode else "~")
            row: list[str | tuple[str, str]] = [f"  {name:<{width}} "]
            for check, column in zip(checks, letters, strict=True):
                plain, ascii_only, style = _SYMBOLS[outcome.status(check)]
                row.append(((plain if self.unicode else ascii_only).rjust(len(column)) + gap, style))
            self.line(*row)
        self.line()
        for check, column in zip(checks, letters, strict=True):
            caught = caught_by(proof, check)
            self.wrapped(f"{column}  {check} ({caught} mistake{'' if caught == 1 else 's'})", 2, hang=3)
        symbols = [_SYMBOLS[status][0 if self.unicode else 1] for status in (Status.FAILED, Status.PASSED)]
        self.wrapped(_MEANINGS.format(*symbols), 2, style="dim")
        self.line()

    def survivor(self, trial: Trial) -> None:
        self.line()
        nth = f", nth {trial.mutant.key.nth}" if trial.mutant.key.nth > 1 else ""
        self.line((f"  survived: {trial.mutant.name}{nth}", "yellow"))
        for line in trial.mutant.diff.splitlines()[2:]:
            style = {"+": "green", "-": "red", "@": "dim"}.get(line[:1], "")
            self.line((f"    {line}", style))

    def closing(self, proofs: Sequence[Proof]) -> None:
        name_width = max((len(proof.exercise.name) for proof in proofs), default=0)
        for proof in proofs:
            wrong = len(proof.findings)
            mark = self.symbol("✓", "ok") if not wrong else self.symbol("✗", "x")
            killed = f"  {proof.killed}/{len(proof.counted)} mutants" if proof.trials else ""
            found = f"  {wrong} finding{'' if wrong == 1 else 's'}" if wrong else ""
            self.line((f"{mark} ", "red" if wrong else "green"), f"{proof.exercise.name:<{name_width}}{killed}{found}")
        total = sum(len(proof.findings) for proof in proofs)
        self.line()
        if total:
            self.line((f"{total} finding{'' if total == 1 else 's'}", "bold red"))
        else:
            self.line(("Nothing is wrong.", "bold green"))

    def symbol(self, plain: str, ascii_only: str) -> str:
        return plain if self.unicode else ascii_only

    def wrapped(self, words: str, indent: int, hang: int = 2, style: str = "", mark: bool = False) -> None:
        line = Line(self.clean(words), self.style(style))
        if mark:
            line = Line.assemble((self.symbol("✗", "x") + " ", self.style("red")), line)
        width = max(min(self.console.width, _WIDTH), 40) - indent - hang
        for number, part in enumerate(line.wrap(self.console, width, overflow="fold")):
            line = Line(" " * (indent + (hang if number else 0))).append_text(part)
            line.rstrip()
            self._print(line)

    def line(self, *pieces: str | tuple[str, str]) -> None:
        line = Line()
        for piece in pieces:
            words, style = (piece, "") if isinstance(piece, str) else piece
            line.append(self.clean(words), self.style(style))
        line.rstrip()
        self._print(line)

    def style(self, style: str) -> str:
        return "" if self.console.no_color else style

    def clean(self, words: str) -> str:
        return text.encodable(text.visible(words), self.console.encoding)

    def _print(self, line: Line) -> None:
        self.console.print(line, soft_wrap=True, highlight=False, markup=False, emoji=False)


def render_proofs(proofs: Iterable[Proof], title: Text, language: str = "en") -> str:
    """Return the same as one HTML page that opens in `language`."""
    found = list(proofs)
    return page(
        "proofs.html.j2",
        language,
        title,
        brand="proofs",
        proofs=found,
        total=sum(len(proof.findings) for proof in found),
        letter=letter,
        share=share,
        cases=cases,
        caught_by=caught_by,
        mistakes=_mistakes,
        titles=_titles,
    )


def _mistakes(proof: Proof) -> list[Outcome]:
    return proof.of_kind(Kind.MISTAKE)


def _titles(proof: Proof) -> list[Text]:
    return [check.title or Text(check.name) for outcome in proof.outcomes[:1] for check in outcome.checks]
