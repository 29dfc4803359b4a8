"""The corpus of attacks is in its form, and the page about security lists what is in it."""

from __future__ import annotations

import re

import pytest
from hostile_corpus import BEGIN, END, FAMILIES, HOSTILE, PAGE, REFUSED, attacks, page_with, table

from grader.results import Status

ATTACKS = attacks()
# What an attack may never end with: points, or a fault of ours.
NEVER = {"passed", "grader_error", "not_run"}
each = pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])


def test_every_folder_is_an_attack():
    """Nothing lies in the corpus without saying what it is."""
    assert sorted(path.name for path in HOSTILE.iterdir() if path.is_dir()) == [attack.name for attack in ATTACKS]
    assert {attack.family for attack in ATTACKS} == set(FAMILIES)


@each
def test_an_attack_is_described(attack):
    """An attack belongs to the family that its name begins with, and says all in sentences of its own."""
    assert attack.name.startswith(f"{attack.family}_")
    for sentence in (attack.tries, attack.never):
        assert re.fullmatch(r"[A-Z][^\n]+\.", sentence)
    allowed = {status.value for status in Status} - NEVER | {REFUSED}
    assert attack.allowed and set(attack.allowed) <= allowed
    assert (attack.folder / attack.assignment).is_dir() != (attack.folder / "make.py").is_file()


def test_no_two_attacks_are_the_same():
    """Each attack tries something of its own."""
    assert len({attack.tries for attack in ATTACKS}) == len(ATTACKS)


def test_the_page_lists_the_corpus():
    """The table of attacks is up to date: else run python tests/hostile_corpus.py --write."""
    page = PAGE.read_text(encoding="utf-8")
    assert page_with(table(ATTACKS), page) == page


def test_a_table_takes_the_place_of_the_one_before():
    """Only what is between the markers changes, and a page without markers is refused."""
    page = f"above\n{BEGIN}\nold\n{END}\nbelow\n"
    assert page_with("new", page) == f"above\n{BEGIN}\nnew\n{END}\nbelow\n"
    with pytest.raises(ValueError, match="has no"):
        page_with("new", "nothing")


def test_a_row_holds_all_but_what_differs_by_machine():
    """A row has name, attempt, danger and outcomes; signs of Markdown in them are escaped."""
    rows = [line for line in table(ATTACKS).splitlines() if line.startswith("| `")]
    assert len(rows) == len(ATTACKS)
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)
