"""Live progress of a batch: how many, how fast, how long still, and who is being marked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text as Styled

from grader.batch.run import Progress as Standing

# Where nobody watches, such as in a log, a line now and then.
LINE_SECONDS = 30.0
SHOWN = 4
_WORDS = {
    "en": ("Starting PyTorch ...", "{n} a second", "{known} known from before", "marked {marked} of {total}"),
    "zh": ("正在启动 PyTorch ……", "每秒 {n} 份", "{known} 份此前已评", "已评 {marked}/{total}"),
}


@contextmanager
def batch_progress(language: str) -> Iterator[tuple[Callable[[Standing], None], Console]]:
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


def _rate(standing: Standing, started: float) -> str:
    seconds = time.monotonic() - started
    return f"{standing.marked / seconds:.1f}" if seconds > 0 else "0"


@contextmanager
def _bar(console: Console, language: str) -> Iterator[Callable[[Standing], None]]:
    starting, rate, known, _ = _WORDS[language]
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

        def update(standing: Standing) -> None:
            who = [f"{who.key} {who.exercise}".strip() for who in standing.standing]
            shown = ", ".join(who[:SHOWN]) + (" ..." if len(who) > SHOWN else "")
            if standing.known:
                shown = f"{shown} ({known.format(known=standing.known)})"
            bar.update(
                task,
                total=standing.total,
                completed=standing.marked,
                rate=rate.format(n=_rate(standing, started)),
                # Names are strangers' words: no markup in them.
                description=Styled(shown or starting).markup,
            )

        yield update


def _lines(console: Console, language: str) -> Callable[[Standing], None]:
    _, rate, known, marked = _WORDS[language]
    started = last = time.monotonic()

    def update(standing: Standing) -> None:
        nonlocal last
        if time.monotonic() - last < LINE_SECONDS:
            return
        last = time.monotonic()
        parts = [
            marked.format(marked=standing.marked, total=standing.total),
            rate.format(n=_rate(standing, started)),
            *([known.format(known=standing.known)] if standing.known else []),
        ]
        console.print(", ".join(parts), markup=False, soft_wrap=True)

    return update
