"""A name says what a file is, and a stranger's name can be shown."""

from __future__ import annotations

import pytest

from grader.file_names import is_about, is_archive, is_beside, is_junk, is_work, shown, stem, without_count


@pytest.mark.parametrize(
    "name",
    [".git", ".DS_Store", "._ex5.py", "__MACOSX", "__pycache__", ".ipynb_checkpoints", "node_modules", ".venv", "venv"]
    + ["a.pyc", "Thumbs.db", "desktop.ini", "Icon\r", "~$notes.docx", "ex5.py~", ".ex5.py.swp", "site-packages"],
)
def test_junk(name):
    """What systems, editors and tools leave is none of the student's work."""
    assert is_junk(name)


@pytest.mark.parametrize("name", ["ex5", "environment.py", "venv.py", "git", "icon", "王磊", "a", "model.pyx"])
def test_no_junk(name):
    """Names that only resemble those are the student's."""
    assert not is_junk(name)


def test_kinds_go_by_the_ending():
    """Upper and lower case are the same, and the whole ending of an archive counts."""
    assert is_work("A.PY")
    assert is_work("ch5.ipynb")
    assert not is_work("a.pyx")
    assert all(map(is_archive, ("a.zip", "A.ZIP", "a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2", "a.tar.xz")))
    assert not any(map(is_archive, ("a.gz", "a.rar", "a.7z", "zip", "a.zip.txt")))


def test_what_lies_beside_hand_ins():
    """Lists and READMEs among hand-ins are none, a student's notebook is one."""
    assert all(map(is_beside, ("grades.csv", "README.md", "LICENSE", "submission_metadata.yml", "readme.txt")))
    assert not any(map(is_beside, ("anna.md", "anna.pdf", "readmeanna.md")))
    assert is_about("README.zh.md")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.tar.gz", "a"), ("a.b.zip", "a.b"), ("hw.py", "hw"), ("x.pdf", "x"), ("plain", "plain"), (".zip", ".zip")],
)
def test_stem(name, expected):
    """A stem is the name without its ending, and never empty."""
    assert stem(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hw (1)", ("hw", 1)),
        ("hw(12)", ("hw", 12)),
        ("作业（2）", ("作业", 2)),
        ("hw-1", ("hw-1", 0)),
        ("(1)", ("(1)", 0)),
        ("hw (2026)", ("hw (2026)", 0)),
    ],
)
def test_a_browsers_count(text, expected):
    """The number of a later download is told from other numbers."""
    assert without_count(text) == expected


def test_a_strangers_name_is_shown_on_one_line():
    """Control characters, direction marks and halves of characters do not reach a message; long names are cut."""
    assert shown("a\nb\x1b[31m\u202ec\ud800") == "a�b�[31m�c�"
    assert shown("王磊 é") == "王磊 é"
    long = shown("x" * 30 + "m" * 100 + "y" * 30)
    assert len(long) == 60
    assert long.startswith("xxx")
    assert long.endswith("yyy")
