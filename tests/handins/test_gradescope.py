"""Gradescope's list of an export says who handed in what and when."""

from __future__ import annotations

import pytest
from handins.builders import GRADESCOPE_LIST
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import UserError
from grader.handins.gradescope import Listed, Submitter, read_metadata


@pytest.fixture
def listed(tmp_path):
    """Reads a list."""

    def read(text: str | bytes) -> dict[str, Listed]:
        path = tmp_path / "submission_metadata.yml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_metadata(path)

    return read


def test_a_real_list(listed):
    """Students, pairs, folders without a student; Ruby's tags; two documents; a quote at the margin."""
    found = listed(GRADESCOPE_LIST)
    assert list(found) == ["submission_345678", "submission_345679", "submission_345680"]
    anna = found["submission_345678"]
    assert anna.submitters == (Submitter("Anna Maria Berg", "06758767", "anna@uni.example"),)
    assert anna.attempt == 1
    pair = found["submission_345679"].submitters
    assert pair == (Submitter("Yu Chen", "0675", "yu@uni.example"), Submitter("王磊", "0676", "lei@uni.example"))
    assert found["submission_345680"].submitters == ()


def test_times_and_attempts(listed):
    """Times count with their offset; only what was handed in before counts as an earlier attempt."""
    found = listed(GRADESCOPE_LIST)
    assert found["submission_345678"].created == pytest.approx(1790909527.938335, abs=1e-3, rel=0)
    # One o'clock at +08:00 is 17 o'clock UTC of the day before.
    assert found["submission_345679"].created == pytest.approx(1790960400.5, abs=1e-3, rel=0)
    assert found["submission_345679"].attempt == 2


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2026-04-26T17:34:00.861687-07:00", 1777250040.861687),
        ("2026-04-26 17:34:00 UTC", 1777224840),
        ("2026-02-31 00:00:00 Z", 0),
        ("yesterday", 0),
        ("", 0),
    ],
)
def test_other_times(listed, text, seconds):
    """Other forms of times are read; what is no time is not known."""
    found = listed(f"submission_1:\n  :submitters: []\n  :created_at: {text or '~'}\n")
    assert found["submission_1"].created == pytest.approx(seconds, abs=1e-3, rel=0)


def test_plain_keys_and_numbers(listed):
    """Keys without Ruby's colon do too, and a number stays as it is written."""
    found = listed("submission_1:\n  submitters:\n  - sid: 007\n    name: James\n")
    assert found["submission_1"].submitters == (Submitter("James", "007"),)


def test_what_refers_to_another_place_is_left_alone(listed):
    """Aliases, which could make much out of little, are not followed."""
    text = "a: &a [x, x]\nb: &b [*a, *a]\nsubmission_1:\n  :submitters: *b\n  :score: 1\n"
    assert listed(text) == {"submission_1": Listed()}


def test_no_objects_are_made(listed):
    """Tags that ask for objects are ignored."""
    text = "submission_1:\n  :submitters:\n  - !!python/object/apply:os.system ['false']\n  - :name: Anna\n"
    assert listed(text)["submission_1"].submitters == (Submitter("Anna"),)


@pytest.mark.parametrize(
    "text",
    ["a: [1, 2", "\x00\x01", "- 'x", "a: " + "[" * 300 + "]" * 300, b"submission_1:\n  :name: \xff\xfe\xff\n"],
    ids=["cut", "control", "quote", "deep", "bytes"],
)
def test_damaged_lists(listed, text):
    """A list that cannot be read is one clear line with what to do."""
    with pytest.raises(UserError, match=r"submission_metadata\.yml is damaged.*Download the export"):
        listed(text)


def test_a_list_that_is_no_file(tmp_path):
    """A folder in place of the list is one clear line too."""
    (tmp_path / "submission_metadata.yml").mkdir()
    with pytest.raises(UserError, match="not an ordinary file"):
        read_metadata(tmp_path / "submission_metadata.yml")


def test_an_empty_list(listed):
    """An empty list lists nothing."""
    assert listed("") == {}


PIECES = GRADESCOPE_LIST.splitlines(keepends=True) + [
    "...\n",
    "---\n",
    "- ",
    "? ",
    "&a ",
    "*a",
    "!!x ",
    "{",
    "}",
    "[",
    "|\n",
    "'",
]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.lists(st.sampled_from(PIECES), max_size=30).map("".join).map(str.encode) | st.binary(max_size=80))
def test_any_bytes(listed, data):
    """Whatever the bytes, there are folders with texts for names, or one line says why not."""
    try:
        found = listed(data)
    except UserError:
        return
    for folder, entry in found.items():
        assert isinstance(folder, str)
        assert all(isinstance(value, str) for who in entry.submitters for value in (who.name, who.sid, who.email))
        assert entry.attempt >= 1
