"""Keys are names that every system takes for folders, and do not depend on who else is in the class."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.handins.keys import MAX_BYTES, MAX_KEY, safe_key, unique_keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s01", "s01"),
        ("Anna Maria Berg_1234567", "Anna_Maria_Berg_1234567"),
        ("王磊_4713", "王磊_4713"),
        ("anna@uni.example", "anna@uni.example"),
        ("../../etc/passwd", "etc_passwd"),
        ("a\\b:c*?", "a_b_c"),
        ("name. ", "name"),
        ("-rf", "rf"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com¹", "_com1"),
        ("ＡＢＣ", "ABC"),
        ("a\u202eb\nc", "a_b_c"),
    ],
)
def test_safe_keys(text, expected):
    """Letters of all scripts stay, whatever a system could take amiss does not."""
    assert safe_key(text) == expected


@given(st.text())
def test_every_text_gives_a_key(text):
    """A key is never empty, never too long, and has no character with a meaning for a shell or a file system."""
    key = safe_key(text)
    assert 0 < len(key) <= MAX_KEY
    assert len(key.encode()) <= MAX_BYTES
    assert not set(key) & set(string.whitespace + "/\\:*?\"<>|&;$`~#%{}()[]!'\0")
    assert key[0] not in ".-"
    assert key[-1] not in ". "
    assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", key, re.IGNORECASE)
    assert safe_key(text) == key


def test_long_names_stay_apart():
    """Names that differ after what fits into a key have different keys."""
    first, second = safe_key("x" * 200 + "a"), safe_key("x" * 200 + "b")
    assert first != second
    assert len(first) == MAX_KEY
    assert len(safe_key("𠀀" * 80).encode()) <= MAX_BYTES


def test_the_same_key_gets_a_mark():
    """Of names with the same key each gets a mark of its own, in whatever order they come; others stay as they are."""
    one = unique_keys({"x:a b": "a b", "x:a_b": "a_b", "x:c": "c"})
    other = unique_keys({"x:c": "c", "x:a_b": "a_b", "x:a b": "a b"})
    assert one == other
    assert len(set(one.values())) == 3
    assert one["x:c"] == "c"
    assert all(re.fullmatch(r"a_b-[0-9a-f]{8}", one[name]) for name in ("x:a b", "x:a_b"))


def test_upper_and_lower_case_are_the_same():
    """Keys that would be one folder on Windows or macOS get marks too."""
    keys = unique_keys({"x:Anna": "Anna", "x:anna": "anna"})
    assert len({key.casefold() for key in keys.values()}) == 2


def test_taken_keys_stay():
    """A key that someone else has already is not given again."""
    keys = unique_keys({"x:S01": "S01", "x:s02": "s02"}, {"s01": "s01"})
    assert keys["x:S01"].startswith("S01-")
    assert keys["x:s02"] == "s02"


@given(st.lists(st.text(max_size=100), unique=True, max_size=8))
def test_keys_are_all_different(names):
    """Whatever names there are, their keys differ, also where case is the same."""
    keys = unique_keys({name: name for name in names})
    assert len({key.casefold() for key in keys.values()}) == len(names)
    assert all(len(key) <= MAX_KEY and len(key.encode()) <= MAX_BYTES for key in keys.values())
