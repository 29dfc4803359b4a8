"""Cells that no spreadsheet takes for a formula."""

import csv
import io
import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.reports.cells import csv_text, harmless, number

from .list_samples import HOSTILE_NAMES

BEGINS_FORMULA = set("=+-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212")
NASTY = st.text(st.sampled_from([*"=+-@;,\"' \t\r\n\x00ax|", "\uff1d", "\u3000", "\u202e", "\ud800", "\u2212"]))


def cells(text: str, delimiter: str) -> list[str]:
    """Return the cells that a program with another idea of separators finds."""
    return list(itertools.chain(*csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))


def is_formula(cell: str) -> bool:
    """Return whether a spreadsheet may take a cell for a formula: blanks and quotes in front are skipped."""
    return cell.lstrip(' \t\r\n\x00"\u00a0\u3000\ufeff')[:1] in BEGINS_FORMULA if cell.strip() else False


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_names_are_no_formulas(name):
    """No name begins a formula, or a cell behind a semicolon that does."""
    cell = harmless(name)
    for delimiter in ",;\t":
        assert not [c for c in cells(csv_text([["id", cell, 1]]), delimiter) if is_formula(c)], cell


@given(first=NASTY, second=NASTY)
@example(first="a;", second="=1")
@example(first='";', second='"=1')
def test_no_text_becomes_a_formula(first, second):
    """Whatever two neighbouring cells say, no separator finds a formula in the line."""
    line = csv_text([[harmless(first), harmless(second), 4.5]])
    for delimiter in ",;\t":
        assert not [c for c in cells(line, delimiter) if is_formula(c)], line


@given(NASTY)
def test_cells_come_back(words):
    """A harmless cell survives being written and read, is one line, and is made no more harmless a second time."""
    cell = harmless(words)
    assert list(csv.reader(io.StringIO(csv_text([[cell, "end"]]), newline=""))) == [[cell, "end"]]
    assert "\n" not in cell and "\r" not in cell and "\t" not in cell
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=1+1", "'=1+1"),
        (" \t=1", "'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a;=b", "a;'=b"),
        ("a;b", "a;b"),
        ("Zoë O'Neil-Smith", "Zoë O'Neil-Smith"),
        ("anna@uni.example", "anna@uni.example"),
        ("王蕾", "王蕾"),
        ("a\x00b", "a\\x00b"),
        ("\u202eabc", "\\u202eabc"),
        ("\ud800", "\\ud800"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("two\r\nlines", "two lines"),
        ("", ""),
    ],
)
def test_harmless(words, cell):
    """Only what begins a formula gets an apostrophe, only what is hidden an escape, and all else stays."""
    assert harmless(words) == cell


def test_long_cells_are_cut():
    """A cell has an end, far below what a spreadsheet can hold."""
    assert harmless("x" * 50_000) == "x" * 2000 + "…"


@pytest.mark.parametrize(
    ("value", "written"),
    [(4.0, "4"), (0.0, "0"), (4.0625, "4.0625"), (3.33333333, "3.3333"), (1e-7, "0"), (1e6, "1000000")],
)
def test_numbers_are_plain(value, written):
    """Numbers have a point, at most four decimals, no exponent, no quotes and no apostrophe."""
    assert csv_text([[number(value)]]) == f"{written}\r\n"


def test_lines_end_as_spreadsheets_expect():
    """Every line ends in CR LF, strings are quoted and numbers are not, but for rows that are to be plain."""
    assert csv_text([["id", "a,b"], ["x", 1]], plain=1) == 'id,"a,b"\r\n"x",1\r\n'
