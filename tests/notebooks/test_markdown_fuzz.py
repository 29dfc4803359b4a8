"""Markdown that was changed in any place is read or refused."""

from __future__ import annotations

import pytest
from fuzz import markdown
from fuzz.edits import steady, strange
from hypothesis import given
from hypothesis import strategies as st

from grader.notebooks.cell import Cell
from grader.notebooks.markdown import read_markdown

_PIECES = tuple("``` ~~~~ python {.py} > - 1. <div> x=1 \\ #".split()) + ("\n", "\n\n", " ", "    ", "\t", "\r")


@pytest.mark.parametrize("seed", markdown.SEEDS, ids=range(len(markdown.SEEDS)))
def test_unchanged_notes_are_read(seed):
    """The notes that are changed below are good ones: there are blocks in them to be found."""
    assert read_markdown(seed)


@steady
@given(strange(markdown.SEEDS))
def test_changed_notes_are_read_or_refused(data):
    """Whatever is changed in the bytes of notes, cells come out of them, or one clear line."""
    markdown.check(data)


@steady
@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_marks_in_any_order_are_read(text):
    """Marks of Markdown in any order and nesting give cells, or one clear line."""
    markdown.check(text.encode())


def test_the_target_notices(monkeypatch):
    """A reader that gave cells without their lines would be found."""
    monkeypatch.setattr(markdown, "read_markdown", lambda data: (Cell(1, "x"),))
    with pytest.raises(AssertionError):
        markdown.check(markdown.SEEDS[0])
