"""Choosing a sandbox and starting it before anything slow, so that it imports torch while we do."""

from __future__ import annotations

from pathlib import Path

from grader.limits import Limits
from grader.results import Text
from grader.sandbox.bubblewrap import Bubblewrap, why_unavailable
from grader.sandbox.plain import Plain
from grader.sandbox.process import Sandbox
from grader.translation import say


def open_sandbox(wanted: bool, private: list[Path], full: bool, limits: Limits) -> tuple[Sandbox, tuple[Text, ...]]:
    """Start a sandbox, or plain processes where there is none.

    Args:
        wanted: whether to isolate at all.
        private: folders that student code must not see.
        full: whether more than one exercise will be marked.
        limits: of the first exercise.

    Returns:
        The sandbox, and notes for the result: one line that says so if there is no isolation.
    """
    reason = why_unavailable() if wanted else say("--no-sandbox was given")
    if reason is None:
        return Bubblewrap(private, full), ()
    plain = Plain(full)
    plain.prepare(limits)
    note = say("Marked without isolation ({reason}): fine for your own code, not for a stranger's.", reason=reason)
    return plain, (note,)
