"""What a batch remembers of exercises that were marked: the same file again has the same result.

Hand-ins of a class repeat each other: untouched stubs, answers copied from the book or from a friend. An exercise's
result depends on its own file and the modules beside it and on nothing else, so that it need not be found twice.
"""

from __future__ import annotations

from collections import OrderedDict

from grader.batch.identity import source_digest
from grader.results import UNSURE, ExerciseResult
from grader.submission import Source, Submission


class Recall:
    """Results of exercises by what was handed in, the last `most` of them.

    Args:
        most: how many to keep, each some tens of kilobytes.
    """

    def __init__(self, most: int = 2000) -> None:
        self._most = most
        self._kept: OrderedDict[str, ExerciseResult] = OrderedDict()

    def known(self, submission: Submission) -> dict[str, ExerciseResult]:
        """Return the results that are known of a submission's exercises, by the exercise's name."""
        found = {}
        for name, source in submission.sources.items():
            result = self._kept.get(source_digest(source))
            if result is not None:
                self._kept.move_to_end(source_digest(source))
                found[name] = result
        return found

    def keep(self, source: Source, result: ExerciseResult) -> None:
        """Remember how an exercise ended, if it would end so again."""
        if not UNSURE & {check.status for check in result.checks}:
            self._kept[source_digest(source)] = result
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
