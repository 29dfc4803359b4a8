"""Names that a submission defines in place of one that it should: the same in other letters, longer, or misspelt."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST = 3
# Shorter ones are in half of all names.
SHORTEST_PART = 4
ALIKE = 0.6


def close_names(wanted: str, defined: Iterable[str]) -> list[str]:
    """Return the names most like the one that is wanted, the closest first; most often one, or none."""
    found = [(closeness, name) for name in defined if name != wanted and (closeness := _closeness(wanted, name))]
    # Of equally close ones, the first defined.
    return [name for _, name in sorted(found, key=lambda entry: -entry[0])[:MOST]]


def _closeness(wanted: str, name: str) -> float:
    """Return how close two names are: above 2 if they differ in case and underscores alone, 0 if they are not."""
    first, second = (text.lower().replace("_", "") for text in (wanted, name))
    if not first or not second:
        return 0.0
    ratio = difflib.SequenceMatcher(None, first, second).ratio()
    if first == second:
        return 2 + difflib.SequenceMatcher(None, wanted, name).ratio()
    shorter, longer = sorted((first, second), key=len)
    if shorter in longer and len(shorter) >= SHORTEST_PART and (shorter == first or 2 * len(shorter) >= len(longer)):
        return 1 + ratio
    return ratio if ratio >= ALIKE else 0.0
