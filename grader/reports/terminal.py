"""The result of a submission on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from grader.reports import outline, text
from grader.reports.screen import Piece, Screen
from grader.reports.words import MEANING, STATUS, phrase
from grader.results import CheckResult, Diagnosis, ExerciseResult, Location, Result, Status, Text

_SYMBOLS = {
    Status.PASSED: ("✓", "+", "green"),
    Status.FAILED: ("✗", "x", "red"),
    Status.ERROR: ("✗", "x", "red"),
    Status.CRASHED: ("✗", "x", "red"),
    Status.TIMEOUT: ("✗", "x", "red"),
    Status.MEMORY: ("✗", "x", "red"),
    Status.MISSING: ("?", "?", "yellow"),
    Status.NOT_ATTEMPTED: ("·", "-", "dim"),
    Status.NOT_RUN: ("·", "-", "dim"),
    Status.GRADER_ERROR: ("!", "!", "magenta"),
}
_MOST_LINES = 8
_MOST_TITLES = 2
_OUTPUT_LINES = 20


def print_result(result: Result, console: Console, language: str = "en", verbose: bool = False) -> None:
    """Print `result`: a table of exercises, what went wrong, the total and what to do next.

    `verbose` adds the checks that passed, the student's further frames and what the code printed.
    """
    Printer(console, language, verbose).result(result)


class Printer(Screen):
    """Prints results, whole or in parts, on a console.

    Args:
        console: where to print.
        language: ``"en"`` or ``"zh"``.
        verbose: whether to add passed checks, the student's further frames and what the code printed.
    """

    def __init__(self, console: Console, language: str = "en", verbose: bool = False) -> None:
        super().__init__(console, language)
        self.verbose = verbose

    def result(self, result: Result) -> None:
        """Print a whole result."""
        title = self.get(result.title) or self.clean(result.assignment)
        name = self.brief(result.submission, 60)
        self.block((title, "bold"), (f"  {name}", "dim"))
        self.table(result.exercises)
        result, shared = outline.told_once(result)
        for about in shared:
            self.file_notes(about)
        found = outline.sections(result)
        for exercise in (*found.work, *found.open):
            self.exercise(exercise)
        if found.not_started:
            ids = ", ".join(exercise.id for exercise in found.not_started)
            self.blank()
            self.block((f"{self.word('group_not_started')}{self.colon}", "bold"), ids)
        if self.verbose:
            for exercise in found.passed:
                self.exercise(exercise)
        self.closing(result)

    def table(self, exercises: Iterable[ExerciseResult]) -> None:
        """Print a table of exercises with their scores."""
        # Rich gives up its lines only for consoles that are not UTF-8; elsewhere they are plain characters.
        table = Table(
            box=box.SIMPLE_HEAD if self.unicode else box.ASCII2,
            border_style=self.style("dim"),
            header_style=self.style("bold"),
            pad_edge=False,
            show_edge=False,
        )
        table.add_column("", no_wrap=True)
        table.add_column(self.word("exercise"), overflow="fold")
        table.add_column(self.word("status"), no_wrap=True)
        table.add_column(self.word("score"), no_wrap=True, justify="right")
        for exercise in exercises:
            table.add_row(
                self.text(text.one_line(exercise.id)),
                self.text(text.one_line(self.get(exercise.title))),
                self.badge(exercise.status, outline.status_word(exercise)),
                self.text(_score(exercise)),
            )
        self.blank()
        with self.console.capture() as capture:
            self.console.print(table)
        for line in capture.get().splitlines():
            # Written back as it is: padding at the end of a line is noise in a file.
            self.console.print(Line.from_ansi(line.rstrip()), soft_wrap=True, highlight=False)

    def exercise(self, exercise: ExerciseResult) -> None:
        """Print how one exercise ended, and why."""
        self.blank()
        symbol, word, style = self.mark(exercise.status, outline.status_word(exercise))
        score = _score(exercise)
        self.block((f"{exercise.id} {self.get(exercise.title)}", "bold"), (f"  {symbol} {word}", style), f"  {score}")
        if exercise.file:
            self.block((exercise.file, "dim"), indent=2)
        for note in exercise.notes:
            self.block(self.get(note), indent=2)
        for diagnosis in exercise.diagnoses:
            self.diagnosis(diagnosis)
        for group in outline.groups(exercise.checks):
            self.group(group)
        if not exercise.checks:
            self.block(self.word("no_checks"), indent=2)
        if self.verbose:
            self.details(exercise)

    def file_notes(self, about: outline.FileNotes) -> None:
        """Print what is to be known of a file with several exercises."""
        self.blank()
        self.block((about.file, "bold"))
        for note in about.notes:
            self.block(self.get(note), indent=2, hang=2)

    def diagnosis(self, diagnosis: Diagnosis) -> None:
        """Print what probably happened, why it matters and what to try."""
        self.blank()
        for key, part in outline.diagnosis_parts(diagnosis):
            self.block((f"{self.word(key)}{self.colon}", "bold cyan"), self.get(part), indent=2, hang=2)
        if diagnosis.book:
            self.block((f"{self.word('book')}{self.colon}", "bold cyan"), diagnosis.book, indent=2, hang=2)

    def group(self, group: outline.Group) -> None:
        """Print checks that ended for one reason."""
        symbol, word, style = self.mark(group.status, STATUS[group.status])
        titles = [text.one_line(self.title(check)) for check in group.checks]
        self.blank()
        head = titles[0] if len(titles) == 1 else self.get(phrase("same_cause", n=len(titles)))
        self.block((f"{symbol} ", style), (head, "bold"), (f"  {word}", style), indent=2, hang=2)
        if len(titles) > 1:
            shown = titles if self.verbose or len(titles) <= _MOST_TITLES + 1 else titles[:_MOST_TITLES]
            rest = [self.get(phrase("and_more", n=len(titles) - len(shown)))] if len(shown) < len(titles) else []
            self.block(self.semicolon.join([*shown, *rest]), indent=4)
        first = group.first
        self.block(self.get(first.message or MEANING[group.status]), indent=4, most=_MOST_LINES)
        self.value("expected", self.get(first.expected))
        self.value("seen", self.get(first.seen))
        if first.location:
            self.place(first.location)
        if self.verbose:
            for frame in outline.frames(first):
                self.place(frame)
        for hint in group.hints:
            self.block(
                (f"{self.word('hint')}{self.colon}", "cyan"),
                self.get(hint),
                indent=4,
                hang=2,
                most=_MOST_LINES,
            )

    def value(self, key: str, value: str) -> None:
        """Print a compared value behind the fixed word called `key`; nothing if it is empty."""
        if not value:
            return
        label = f"{self.word(key)}{self.colon}"
        # Rows of a tensor stay aligned only when they all start in the same column.
        if "\n" in value:
            self.block((label, "bold"), indent=4)
            self.block(value, indent=6, most=_MOST_LINES)
        else:
            self.block((label, "bold"), value, indent=4, hang=2, most=_MOST_LINES)

    def place(self, place: Location) -> None:
        """Print a place in the student's file, with its line."""
        where = f"{self.brief(place.file, 120)}:{place.line}"
        if place.function:
            where += ", " + self.get(phrase("in_function", name=self.brief(place.function, 80)))
        self.block((where, "dim"), indent=4, hang=2)
        for line in place.source:
            if line.marked:
                room = self.width - 10 - len(str(line.number))
                source = self.text(text.one_line(line.text.strip()))
                source.truncate(room, overflow="crop")
                self.line("    ", ("> ", "red"), f"{line.number} | ", (source.plain, "bold"))

    def details(self, exercise: ExerciseResult) -> None:
        """Print the checks that passed and what the code printed."""
        symbol, _, style = self.mark(Status.PASSED, STATUS[Status.PASSED])
        good = outline.passed_checks(exercise)
        if good:
            self.blank()
        for check in good:
            self.block((f"{symbol} ", style), text.one_line(self.title(check)), indent=2, hang=2)
        printed = text.printed(exercise.output)
        if printed:
            self.blank()
            self.block((self.word("output"), "bold"), indent=2)
            self.block(printed, indent=4, most=_OUTPUT_LINES)

    def closing(self, result: Result) -> None:
        """Print notes, the total and the next step."""
        self.blank()
        for note in result.notes:
            self.block(self.get(note))
        self.block(*self.total(result))
        self.reservations(result)
        self.next_step(result)

    def total(self, result: Result) -> list[Piece]:
        """Return the total and how many checks passed."""
        score = f"{outline.points(result.score, result.max_score)} / {outline.points(result.max_score)}"
        checks = self.get(outline.tally(result)).rstrip(".。")
        return [(f"{self.word('total')}{self.colon}{score}", "bold"), f"  ({checks})"]

    def reservations(self, result: Result) -> None:
        """Print what to know before relying on the score: that it is not complete, or that nothing was isolated."""
        if not result.complete:
            self.block((f"{self.word('incomplete')}{self.stop}", "magenta"), self.reasons(result))
        # A note that says so has the reason too, and once is enough.
        if result.sandbox == "none" and not any("without isolation" in note.en for note in result.notes):
            self.block((f"{self.word('sandbox')}{self.colon}{self.word('sandbox_none')}", "yellow"))

    def next_step(self, result: Result) -> None:
        """Print what the student should do next."""
        self.block((f"{self.word('next')}{self.colon}", "bold"), self.get(outline.next_words(result)))
        exercise = outline.next_exercise(result)
        if exercise is not None:
            self.block(self.get(phrase("stuck", command=f"grade hint {outline.target(result, exercise)}")))

    def reasons(self, result: Result) -> str:
        """Return why a score is not complete."""
        counts = [
            f"{self.get(STATUS[status])}{self.colon}{outline.count(result.exercises, status)}"
            for status in (Status.GRADER_ERROR, Status.NOT_RUN)
            if outline.count(result.exercises, status)
        ]
        return self.semicolon.join(counts) or self.word("undecided")

    def title(self, check: CheckResult) -> str:
        """Return what a check asks for."""
        return self.get(check.title) or check.name

    def mark(self, status: Status, word: Text) -> tuple[str, str, str]:
        """Return symbol, word and style of a status."""
        symbol, plain, style = _SYMBOLS[status]
        return symbol if self.unicode else plain, self.get(word).lower(), style

    def badge(self, status: Status, word: Text) -> Line:
        """Return symbol and word of a status in its style."""
        symbol, shown, style = self.mark(status, word)
        return self.text(f"{symbol} {shown}", style)


def _score(exercise: ExerciseResult) -> str:
    score = "-" if outline.is_undecided(exercise) else outline.points(exercise.score, exercise.max_score)
    return f"{score} / {outline.points(exercise.max_score)}"
