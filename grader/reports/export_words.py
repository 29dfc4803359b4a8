"""The fixed words of the lists of a class and of the reports for other programs, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from grader.class_result import Outcome
from grader.results import Text
from grader.translation import fill, say

OUTCOMES: Mapping[Outcome, Text] = MappingProxyType(
    {
        Outcome.MARKED: say("marked"),
        Outcome.NO_SUBMISSION: say("no submission"),
        Outcome.REFUSED: say("refused"),
        Outcome.CRASHED: say("marking broke off"),
    }
)

# In the order of the columns of the gradebook; those of the exercises stand before the diagnoses.
COLUMNS: Mapping[str, Text] = MappingProxyType(
    {
        "id": say("id"),
        "name": say("name"),
        "email": say("email"),
        "outcome": say("outcome"),
        "score": say("score"),
        "max_score": say("max score"),
        "percent": say("percent"),
        "complete": say("complete"),
        "late": say("late"),
        "attempt": say("attempt"),
        "matched": say("in roster"),
        "diagnoses": say("diagnoses"),
        "remarks": say("remarks"),
        "folder": say("folder"),
    }
)

YES, NO = say("yes"), say("no")

_WORDS: Mapping[str, Text] = MappingProxyType(
    {
        # Of a student's standing.
        "not_decided": say("not decided: {exercises}"),
        "so_far": say("{score} of {best} points so far"),
        "some_open": say("some checks could not be decided"),
        "crashed": say("the grader failed on this hand-in; that is not the student's fault"),
        "refused": say("the hand-in could not be read"),
        "untrusted": say("marked without isolation"),
        "late": say("handed in late"),
        # Why a student is not in a list for a platform.
        "not_in_roster": say("not in the roster"),
        "held_back": say("no submission, but one of those that are not in the roster may be theirs"),
        "no_id": say("no {column} to find the student by"),
        "strange_id": say("the {column} “{value}” would not be safe in a spreadsheet"),
        # Of one result.
        "first_problem": say("First problem"),
        "problem_of": say("{exercise}: {check}"),
        "total": say("Total: {score} / {best}"),
        "so_far_total": say("Total so far: {score} / {best}"),
        "no_total": say("Total: not decided, out of {best}"),
        "next": say("Next: {what}"),
        "incomplete": say("This score is not complete. {why}"),
        "isolation": say("Isolation: {how}"),
        "not_started": say("Not started yet: {ids}"),
        "more_problems": say("{n} more of this kind; see the summary"),
        "left_out": say("({n} characters left out)"),
    }
)


def worded(key: str, language: str, **values: object) -> str:
    """Return the words called `key` in ``"en"`` or ``"zh"``, with `values` filled in."""
    return _WORDS[key].get(language).format(**values)


def both(key: str, **values: Text) -> Text:
    """Return the words called `key` in both languages, with texts of both filled in."""
    return fill(_WORDS[key], **values)


def in_language(words: Text, language: str) -> str:
    """Return a text in ``"en"`` or ``"zh"``, in the other language where it is there in that alone."""
    return words.get(language) or words.zh


def joined(remarks: Iterable[str], language: str) -> str:
    """Return short remarks as one line, without the full stops between them."""
    found = [remark.strip() for remark in remarks]
    return ("；" if language == "zh" else "; ").join([*(part.rstrip(".。") for part in found[:-1]), *found[-1:]])
