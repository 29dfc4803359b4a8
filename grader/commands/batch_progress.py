"""Live progress of a batch: how many, how fast, how long still, and who is being marked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from grader.batch import run
from grader.translation import say

# Where nobody watches, such as in a log, a line now and then.
LINE_SECONDS = 30.0
SHOWN = 4
_STARTING = say("Starting PyTorch ...")
_RATE = say("{n} a second")
_KNOWN = say("{known} known from before")
_MARKED = say("marked {marked} of {total}")


@contextmanager
def batch_progress(language: str) -> Iterator[tuple[Callable[[run.Progress], None], Console]]:
    """Show how a batch goes on until the block ends.

    Args:
        language: ``"en"`` or ``"zh"``.

    Yields:
        A function to call with the progress, and the console for the outcome.
    """
    console = Console(highlight=False)
    watched = Console(stderr=True, highlight=False)
    if watched.is_terminal:
        with _bar(watched, language) as update:
            yield update, console
    else:
        yield _lines(watched, language), console


def _rate(how_far: run.Progress, started: float) -> str:
    seconds = time.monotonic() - started
    return f"{how_far.marked / seconds:.1f}" if seconds > 0 else "0"


@contextmanager
def _bar(console: Console, language: str) -> Iterator[Callable[[run.Progress], None]]:
    starting, rate, known = (words.get(language) for words in (_STARTING, _RATE, _KNOWN))
    started = time.monotonic()
    columns = [
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    ]
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(starting, total=None, rate="")

        def update(how_far: run.Progress) -> None:
            who = [f"{who.key} {who.exercise}".strip() for who in how_far.standing]
            shown = ", ".join(who[:SHOWN]) + (" ..." if len(who) > SHOWN else "")
            if how_far.known:
                shown = f"{shown} ({known.format(known=how_far.known)})"
            bar.update(
                task,
                total=how_far.total,
                completed=how_far.marked,
                rate=rate.format(n=_rate(how_far, started)),
                # Names are strangers' words: no markup in them.
                description=escape(shown or starting),
            )

        yield update


def _lines(console: Console, language: str) -> Callable[[run.Progress], None]:
    rate, known, marked = (words.get(language) for words in (_RATE, _KNOWN, _MARKED))
    started = last = time.monotonic()

    def update(how_far: run.Progress) -> None:
        nonlocal last
        if time.monotonic() - last < LINE_SECONDS:
            return
        last = time.monotonic()
        parts = [
            marked.format(marked=how_far.marked, total=how_far.total),
            rate.format(n=_rate(how_far, started)),
            *([known.format(known=how_far.known)] if how_far.known else []),
        ]
        console.print(", ".join(parts), markup=False, soft_wrap=True)

    return update
