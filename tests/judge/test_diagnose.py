"""A known mistake is named when it explains exactly what failed."""

from __future__ import annotations

import pytest

from grader.catalogue import Mistake
from grader.judge.diagnose import diagnose
from grader.results import CheckResult, Diagnosis, Status, Text


def known(**fails: str) -> list[Mistake]:
    """Return mistakes by name; each letter is a check that it fails."""
    return [Mistake(Diagnosis(name, Text(name), Text(), Text()), frozenset(letters)) for name, letters in fails.items()]


def names(checks: str, mistakes: list[Mistake], status: Status = Status.FAILED) -> list[str]:
    """Return the names of the diagnoses of checks a to e, of which those given by letter have a status."""
    results = [
        CheckResult(letter, Text(letter), status if letter in checks else Status.PASSED, 0, 1) for letter in "abcde"
    ]
    return [diagnosis.name for diagnosis in diagnose(results, mistakes)]


@pytest.mark.parametrize(
    ("failed", "found"),
    [
        ("", []),
        ("a", ["one"]),
        ("ab", ["two"]),
        ("b", []),
        ("abc", ["two", "third"]),
        ("ac", ["one", "third"]),
        ("cd", []),
        ("abcd", []),
        ("abcde", []),
    ],
)
def test_mistakes_explain_exactly_what_failed(failed, found):
    """One mistake or several that share no check are named if together they fail what failed, and nothing else."""
    assert names(failed, known(one="a", two="ab", third="c", wide="abcdef")) == found


def test_the_commonest_of_the_same_is_taken():
    """Of mistakes with the same checks the first in the list is named alone."""
    assert names("ab", known(first="ab", second="ba")) == ["first"]


def test_no_more_than_three_are_named():
    """What takes four mistakes to explain is not explained."""
    mistakes = known(one="a", two="b", three="c", four="d")
    assert names("abc", mistakes) == ["one", "two", "three"]
    assert names("abcd", mistakes) == []


@pytest.mark.parametrize("status", [Status.ERROR, Status.TIMEOUT, Status.MEMORY, Status.CRASHED, Status.FAILED])
def test_any_way_to_fail_counts(status):
    """A mistake may make the code raise, hang or crash."""
    assert names("ab", known(two="ab"), status) == ["two"]


@pytest.mark.parametrize("status", [Status.NOT_ATTEMPTED, Status.MISSING, Status.NOT_RUN])
def test_what_was_not_tried_is_no_mistake(status):
    """Checks of what is not yet written, or was not run, are not explained."""
    assert names("ab", known(two="ab"), status) == []


def test_after_an_error_of_ours_nothing_is_explained():
    """Where a check could not be decided, what failed is not known."""
    checks = [
        CheckResult("a", Text(), Status.FAILED, 0, 1),
        CheckResult("b", Text(), Status.GRADER_ERROR, 0, 1),
    ]
    assert diagnose(checks, known(one="a", two="ab")) == ()


def test_a_mistake_without_checks_explains_nothing():
    """A mistake whose list of checks is empty is never a diagnosis."""
    assert names("", known(empty="")) == []
    assert names("a", known(one="a", empty="")) == ["one"]
