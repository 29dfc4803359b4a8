"""Notebooks that were changed in any place are read or refused."""

from __future__ import annotations

import json
import time

import pytest
from fuzz import jupyter
from fuzz.edits import steady, strange
from hypothesis import given
from hypothesis import strategies as st

from grader.notebooks.cell import Cell, NotebookError
from grader.notebooks.jupyter import read_notebook

_ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)


@pytest.mark.parametrize("seed", jupyter.SEEDS, ids=range(len(jupyter.SEEDS)))
def test_unchanged_notebooks_are_read(seed):
    """The notebooks that are changed below are good ones: only their changes can be refused."""
    assert [cell.text.splitlines()[0] for cell in read_notebook(seed)] == ["x = 1"]


@steady
@given(strange(jupyter.SEEDS))
def test_changed_notebooks_are_read_or_refused(data):
    """Whatever is changed in the bytes of a notebook, cells come out of it, or one clear line."""
    jupyter.check(data)


@st.composite
def replaced(draw: st.DrawFn) -> bytes:
    """Notebooks in which some values are others."""
    book = json.loads(json.dumps(draw(st.sampled_from(jupyter.BOOKS))))
    for _ in range(draw(st.integers(1, 3))):
        place = book
        while True:
            keys = sorted(place) if isinstance(place, dict) else range(len(place))
            key = draw(st.sampled_from(keys)) if keys else None
            if key is None:
                break
            if not isinstance(place[key], (dict, list)) or not place[key] or draw(st.booleans()):
                place[key] = draw(_ANYTHING)
                break
            place = place[key]
    return json.dumps(book).encode()


@steady
@given(replaced())
def test_notebooks_with_other_values_are_read_or_refused(data):
    """Whatever stands in the place of any value of a notebook, cells come out of it, or one clear line."""
    jupyter.check(data)


@pytest.mark.parametrize(("text", "blank"), [("a", False), ("", True)], ids=["code", "blank"])
@pytest.mark.parametrize("version", [3, 4])
def test_very_many_cells_take_no_time(text, blank, version):
    """Of a hundred thousand cells few are converted: blank ones are left out, and too many others refused."""
    old = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": text}] * 100_000}]}
    new = {"nbformat": 4, "cells": [{"cell_type": "code", "source": text}] * 100_000}
    started = time.monotonic()
    data = json.dumps(old if version == 3 else new).encode()
    if blank:
        assert read_notebook(data) == ()
    else:
        with pytest.raises(NotebookError, match="cells"):
            read_notebook(data)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("wrong", [Cell(2, "x"), Cell(1, " "), Cell(1, "x\ry"), Cell(1, "\ud800")], ids=ascii)
def test_the_target_notices(wrong, monkeypatch):
    """A reader that gave cells of another form would be found."""
    monkeypatch.setattr(jupyter, "read_notebook", lambda data: (wrong,))
    with pytest.raises((AssertionError, UnicodeEncodeError)):
        jupyter.check(jupyter.SEEDS[0])
