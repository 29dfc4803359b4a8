"""Rosters that were changed in any place are read or refused."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from fuzz import roster
from fuzz.edits import steady, strange
from hypothesis import given
from hypothesis import strategies as st

from grader.handins.roster import Roster, Student, read_roster

_CELLS = st.text(st.sampled_from("aZ09 .,;\t\"'=+@-_/\\\n\r\0\x1b\u202e\x85\u2028王é\ufeff"), max_size=8)


@pytest.mark.parametrize("seed", roster.SEEDS, ids=range(len(roster.SEEDS)))
def test_unchanged_rosters_are_read(seed, tmp_path):
    """The rosters that are changed below are good ones: only their changes can be refused."""
    (tmp_path / "roster.csv").write_bytes(seed)
    assert read_roster(tmp_path / "roster.csv").students
    roster.check(seed)


@steady
@given(strange(roster.SEEDS))
def test_changed_rosters_are_read_or_refused(data):
    """Whatever is changed in the bytes of a roster, students come out of it, or one clear line."""
    roster.check(data)


@steady
@given(st.lists(st.lists(_CELLS, min_size=1, max_size=4), max_size=4), st.sampled_from(",;\t"))
def test_any_cells_are_read_or_refused(rows, delimiter):
    """Whatever stands in the cells, in the header's too, students come out, or one clear line."""
    quoted = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    roster.check("\n".join([delimiter.join(("id", "name", "email")), *quoted]).encode())
    roster.check("\n".join(quoted).encode())


@pytest.mark.parametrize("piece", ["(", "(a", "a ", "a-", "a,", "12ab ", "1", "第"])
@pytest.mark.parametrize("line", ["s01,{long},a@uni.example", "{long},Ada,a@uni.example", "s01,Ada,{long}"])
def test_very_long_cells_take_no_time(piece, line):
    """A name, an id or an address of thousands of words and brackets is read and matched as quickly as any."""
    started = time.monotonic()
    roster.check(f"id,name,email\n{line}\n".format(long='"' + piece * (20_000 // len(piece)) + '"').encode())
    assert time.monotonic() - started < 5


def test_a_class_of_one_name_takes_no_time():
    """Thousands of students of one name are read quickly, and a hand-in of that name has a short remark."""
    started = time.monotonic()
    roster.check(b"id,name\n" + b"".join(b"%d,Ada Berg\n" % number for number in range(5000)))
    assert time.monotonic() - started < 5


def test_the_target_notices():
    """A reader that gave two students one id or one key, or a key that is no folder's name, would be found."""
    one = Student("s01", "Ada", "s01")
    for wrong in ((), (one, one), (one, replace(one, id="s02")), (replace(one, key="../x"),), (replace(one, name=""),)):
        with pytest.raises(AssertionError):
            roster.look(Roster(wrong))
    roster.look(Roster((one,)))
