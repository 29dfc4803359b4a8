"""The users that children become where the sandbox runs as root: nobody else on the machine is one of them."""

from __future__ import annotations

FIRST = 61000
# The kernel counts processes by user. What a child started may take a moment to die, and must not count as the next's.
EACH = 8
GROUPS = 500


def users_of(judge: int) -> range:
    """Return the user ids for the children of one sandbox; other judges' are others.

    Args:
        judge: the process id of the judge.
    """
    first = FIRST + judge % GROUPS * EACH
    return range(first, first + EACH)


def user_of(first: int, child: int) -> int:
    """Return the user id of a child, by its number and the first user id of its sandbox."""
    return first + child % EACH
