"""What `grade batch` prints at its end: a few lines about a class, and where the rest is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from grader.class_result import ClassResult, Entry, Outcome
from grader.reports.class_figures import summary
from grader.reports.listing import held_back
from grader.reports.outline import points
from grader.reports.text import visible
from grader.results import Text
from grader.translation import fill, say, say_as, series

SHOWN = 8
_OF_OUTCOME: Mapping[Outcome, Text] = MappingProxyType(
    {
        Outcome.NO_SUBMISSION: say("No submission: {who}"),
        Outcome.REFUSED: say("Cannot be marked: {who}"),
        Outcome.CRASHED: say("Ended the grader's worker, look at these by hand: {who}"),
    }
)
_UNMATCHED = say("Not in the roster: {who}")
_HELD_BACK = say(
    "One of these may belong to a student with no submission, so canvas.csv and moodle.csv leave such students out. "
    "Rename the hand-in to the student's id, or add the column login, github or canvas_id to the roster, or move the "
    "hand-in away if it is nobody's of the class; then run this again."
)
_FAILED = say("The grader failed on some checks of these, and no score of theirs is final: {who}")
_UNTRUSTED = say("UNTRUSTED: marked without isolation; code that was handed in could have changed these results.")


def class_summary(cls: ClassResult, folder: str, language: str) -> str:
    """Return the lines about a class whose files are in `folder`."""
    marked = [entry for entry in cls.entries if entry.outcome is Outcome.MARKED]
    spread = summary(cls).spread
    lines = [
        say(
            "{title}: {marked} of {all} students marked in {seconds} s.",
            title=cls.title,
            marked=len(marked),
            all=len(cls.entries),
            seconds=f"{cls.seconds:g}",
        )
    ]
    if spread is not None:
        lines.append(
            say(
                "Mean {mean}, median {median}, best {best} of {most} points.",
                mean=points(spread.mean),
                median=points(spread.median),
                best=points(spread.high),
                most=points(cls.max_score),
            )
        )
    for outcome, words in _OF_OUTCOME.items():
        lines += _named(words, (entry for entry in cls.entries if entry.outcome is outcome))
    if cls.has_roster:
        lines += _named(_UNMATCHED, (entry for entry in cls.entries if not entry.matched))
        lines += [_HELD_BACK] if held_back(cls) else []
    lines += _named(_FAILED, (entry for entry in marked if entry.has_grader_error))
    if not cls.trusted:
        lines.append(_UNTRUSTED)
    lines.append(say("The class: {path}", path=os.path.join(folder, "class.html")))
    lines.append(
        say(
            "Gradebook: {path} (beside it: canvas.csv, moodle.csv, junit.xml, students/)",
            path=os.path.join(folder, "gradebook.csv"),
        )
    )
    return "\n".join(line.get(language) for line in lines)


def _named(words: Text, entries: Iterable[Entry]) -> list[Text]:
    found = [visible(entry.name or entry.key) for entry in entries]
    if not found:
        return []
    names = series(found[:SHOWN])
    if len(found) > SHOWN:
        names = say_as("of students", "{names} and {n} more", names=names, n=len(found) - SHOWN)
    return [fill(words, who=names)]
