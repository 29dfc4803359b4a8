"""What a child does with the names of a submission, without a sandbox around it."""

from __future__ import annotations

from types import ModuleType

import pytest

from grader.sandbox.inside.child import MAX_NAMES, Child


@pytest.fixture
def child(tmp_path):
    """A child whose submission defines more names than a reply tells of."""
    child = Child(tmp_path)
    child.module = ModuleType("work")
    for number in range(MAX_NAMES + 50):
        vars(child.module)[f"x{number}"] = number
    child.module.relu_layer = 1  # type: ignore[attr-defined]
    return child


def test_of_very_many_names_the_most_like_come_first(child):
    """A missing name is told with those most like it, even if they are defined last of very many."""
    names = child.defined("relu_layers")
    assert names[0] == "relu_layer"
    assert len(names) == MAX_NAMES


def test_without_a_missing_name_the_first_ones_are_told(child):
    """Where no name is missing, names come in the order in which they were defined, not too many."""
    assert child.defined("") == [f"x{number}" for number in range(MAX_NAMES)]


def test_what_is_private_or_imported_is_not_told(child):
    """Modules, names with an underscore, and what another module defines are not the student's names."""
    child.module = ModuleType("work")
    vars(child.module).update(pytest=pytest, _hidden=1, Path=type(child), mine=[1])
    assert child.defined("x") == ["mine"]


class Unreadable(Exception):
    """An exception whose text cannot be had."""

    def __str__(self) -> str:
        raise KeyboardInterrupt


def test_an_exception_that_cannot_be_read_is_described(child):
    """Whatever the text of an exception does, it is told as an error, with words in its place."""
    told = child.describe(Unreadable())
    assert (told["status"], told["type"]) == ("error", "Unreadable")
    assert told["message"] == "(an exception whose message cannot be read)"
