"""A sign of life while torch is imported and checks run; nothing where the output is not a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

from grader.catalogue import Exercise
from grader.results import Status
from grader.translation import say


def waiting_words(language: str) -> str:
    """Return what to show until torch is imported."""
    return say("Starting PyTorch ...").get(language)


@contextmanager
def progress(count: int, language: str) -> Iterator[tuple[Callable[[Exercise, Status], None], Console]]:
    """Show a spinner until the block ends.

    Args:
        count: number of exercises.
        language: ``"en"`` or ``"zh"``.

    Yields:
        A function to call as each check ends, and the console for the outcome.
    """
    console = Console(highlight=False)
    status = Console(stderr=True).status(waiting_words(language))
    done: list[str] = []

    def update(exercise: Exercise, _status: Status) -> None:
        if exercise.name not in done:
            done.append(exercise.name)
            status.update(f"[{len(done)}/{count}] {exercise.id} {exercise.title.get(language)}")

    with status:
        yield update, console
