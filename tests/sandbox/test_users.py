"""Children of one sandbox are users of their own, and those of several sandboxes are others."""

from __future__ import annotations

from grader.sandbox.inside.users import EACH, user_of, users_of


def test_children_one_after_the_other_are_other_users():
    """What one child leaves dying does not count as the next one's, nor as that of the one after it."""
    first = users_of(1234)[0]
    assert len({user_of(first, child) for child in range(EACH)}) == EACH
    assert {user_of(first, child) for child in range(100)} == set(users_of(1234))


def test_sandboxes_at_the_same_time_have_other_users():
    """Judges whose process ids are near to each other share no user, and none is one of the system's."""
    ranges = [users_of(pid) for pid in range(4_194_000, 4_194_400)]
    assert len({user for users in ranges for user in users}) == 400 * EACH
    assert min(map(min, ranges)) >= 61000
    assert max(map(max, ranges)) < 65534
