"""A text file is the old one or the new one, never half of one."""

from __future__ import annotations

import pytest

from grader.errors import UserError
from grader.writing import write_text


def test_a_file_is_replaced_in_one_step(tmp_path):
    """A new file takes the place of the last one, also behind a link, and nothing else is left."""
    old = tmp_path / "r.json"
    old.write_text("old")
    (tmp_path / "link").symlink_to(old)
    write_text(tmp_path / "link", ["new ", "✓"])
    assert (tmp_path / "link").is_symlink()
    assert old.read_text(encoding="utf-8") == "new ✓"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "r.json"]


def test_an_interrupted_write_leaves_the_old_file(tmp_path):
    """Where the text ends in an error on the way, the file is as it was."""

    def pieces():
        yield "half"
        raise KeyboardInterrupt

    path = tmp_path / "r.json"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_text(path, pieces())
    assert path.read_text() == "old"


def test_line_ends_and_odd_characters(tmp_path):
    """Line ends stay as they are, and what cannot be encoded is replaced."""
    write_text(tmp_path / "t.csv", ["a\r\n\ud800"], "utf-8-sig")
    assert (tmp_path / "t.csv").read_bytes() == b"\xef\xbb\xbfa\r\n?"


def test_what_cannot_be_written_is_named(tmp_path):
    """A folder that is not there gives one line with the file's name."""
    with pytest.raises(UserError, match=r"nowhere/r\.json cannot be written: .*\. Free some space, or name"):
        write_text(tmp_path / "nowhere" / "r.json", ["x"])
