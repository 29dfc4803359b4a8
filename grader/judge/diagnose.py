"""Naming the known mistake behind the checks that a submission fails."""

from __future__ import annotations

from collections.abc import Iterable

from grader.catalogue import Mistake
from grader.results import CheckResult, Diagnosis, Status

AT_MOST = 3
UNTRIED = (Status.MISSING, Status.NOT_ATTEMPTED, Status.NOT_RUN)


def diagnose(checks: Iterable[CheckResult], mistakes: list[Mistake]) -> tuple[Diagnosis, ...]:
    """Return the known mistakes that explain exactly the checks which did not pass; most often one, or none.

    A mistake fits if the checks that it fails are those that failed. Where none fits alone, a few together may, each
    in a part of the exercise; they are taken from the one that explains most. Checks of what a student has not yet
    written count for nothing, and after an error of ours there is nothing to explain. Of mistakes with the same checks
    the first in the author's list, the commonest, is taken.
    """
    checks = list(checks)
    if any(check.status is Status.GRADER_ERROR for check in checks):
        return ()
    failed = {check.name for check in checks if check.status not in (Status.PASSED, *UNTRIED)}
    found: list[Diagnosis] = []
    explained: set[str] = set()
    for mistake in sorted(mistakes, key=lambda mistake: -len(mistake.fails)):
        if mistake.fails and mistake.fails <= failed and not mistake.fails & explained:
            found.append(mistake.diagnosis)
            explained |= mistake.fails
    return tuple(found) if explained == failed and len(found) <= AT_MOST else ()
