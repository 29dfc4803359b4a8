"""Names of people are compared however they are written."""

from __future__ import annotations

import pytest

from grader.handins.person_names import codes, folded, forms, squeezed, without_noise, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José", "jose"),
        ("Jose\u0301", "José"),
        ("O'Brien", "obrien"),
        ("O’Brien", "OBRIEN"),
        ("Søren Łuk", "soren luk"),
        ("Ｗａｎｇ", "wang"),
        ("Straße", "strasse"),
        ("김민준", "김민준"),
    ],
)
def test_folded(one, other):
    """Case, accents, apostrophes and width make no difference."""
    assert folded(one) == folded(other)


def test_words():
    """Words end at signs, between letters and digits, and between Chinese and Latin letters."""
    assert words("Anna-Maria  Berg_2") == ("anna", "maria", "berg", "2")
    assert words("20210101王磊作业v2") == ("20210101", "王磊作业", "v", "2")
    assert words("김민준 Kim") == ("김민준", "kim")
    assert words("-- ") == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Berg", (("anna", "berg"),)),
        ("Berg, Anna Maria", (("anna", "maria", "berg"),)),
        ("王，磊", (("磊", "王"),)),
        ("Qidi SUN (ikun SUN)", (("qidi", "sun", "ikun", "sun"), ("qidi", "sun"), ("ikun", "sun"))),
        ("王磊（Lei Wang）", (("王磊", "lei", "wang"), ("王磊",), ("lei", "wang"))),
        ("", ()),
    ],
)
def test_forms(name, expected):
    """A comma turns a name round; what stands in brackets is another name."""
    assert forms(name) == expected


def test_codes():
    """Ids and accounts have a digit and are not short; dates' days and words are none."""
    assert codes("BAE,WOOJIN-2018147546") == {"2018147546", "woojin-2018147546"}
    assert codes("hw 5 anna v2") == set()
    assert "s-1234" in codes("s-1234 Anna")


def test_noise():
    """What people add to names of files is not their names."""
    assert without_noise(words("ex5 Anna Berg final v2"), frozenset({"ex", "5"})) == ("anna", "berg")
    assert without_noise(("王磊", "作业"), frozenset()) == ("王磊",)


def test_squeezed():
    """A name run together may begin with any of its words."""
    assert squeezed(("anna", "maria", "berg")) == {"annamariaberg", "mariaberganna", "bergannamaria"}
