"""Hand-ins of every shape are found, and what cannot be read says why without stopping the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.errors import UserError
from grader.results import Text
from grader.submission import MAX_FILE, Source, Submission, SubmissionError, find_submission

NAMES = ["ex5_1", "ex5_2", "ex5_3"]


def find(path: Path, names: list[str] | None = None) -> Submission:
    """Find a submission of the assignment ex5."""
    return find_submission(path, "ex5", names or NAMES, NAMES)


@pytest.fixture
def alice(tmp_path) -> Path:
    """A hand-in with two exercises and a helper in its ex5 folder."""
    folder = tmp_path / "alice" / "ex5"
    folder.mkdir(parents=True)
    (folder / "ex5_1.py").write_bytes(b"one = 1\n")
    (folder / "ex5_2.py").write_bytes(b"two = 2\n")
    (folder / "my_utils.py").write_bytes(b"helper = 3\n")
    return folder.parent


# Where it is


def test_a_folder_that_holds_the_assignments_folder(alice):
    """The folder around ex5 is a hand-in with that folder's name; files are shown relative to it."""
    found = find(alice)
    assert found.name == "alice"
    assert list(found.sources) == NAMES
    first = found.sources["ex5_1"]
    assert (first.module, first.file, first.data, first.problem) == ("ex5_1", "ex5/ex5_1.py", b"one = 1\n", Text())
    assert first.helpers == {"my_utils.py": b"helper = 3\n"}
    missing = found.sources["ex5_3"]
    assert (missing.data, missing.problem.en) == (None, "ex5/ex5_3.py is not in the submission")
    assert missing.problem.zh == "提交的内容里没有 ex5/ex5_3.py"


def test_the_assignments_folder_itself(alice, monkeypatch):
    """ex5 itself is a hand-in with the name of the folder around it, also as the current folder."""
    found = find(alice / "ex5")
    assert (found.name, found.sources["ex5_2"].file) == ("alice", "ex5_2.py")
    monkeypatch.chdir(alice / "ex5")
    assert find(Path(".")).name == "alice"
    monkeypatch.chdir(alice)
    assert find(Path(".")).name == "alice"


def test_files_without_the_assignments_folder(alice):
    """A folder with the files and another name is a hand-in of its own name."""
    (alice / "ex5").rename(alice / "work")
    found = find(alice / "work")
    assert (found.name, found.sources["ex5_1"].data, found.sources["ex5_1"].file) == ("work", b"one = 1\n", "ex5_1.py")


def test_a_single_file(alice):
    """One file is a hand-in of that exercise alone, with the name of the file."""
    found = find(alice / "ex5" / "ex5_2.py", ["ex5_2"])
    assert (found.name, list(found.sources)) == ("ex5_2", ["ex5_2"])
    assert (found.sources["ex5_2"].data, found.sources["ex5_2"].file) == (b"two = 2\n", "ex5_2.py")


def test_a_single_file_has_its_helpers(alice):
    """A file that imports a module beside it works alone as it does in its folder."""
    assert find(alice / "ex5" / "ex5_2.py", ["ex5_2"]).sources["ex5_2"].helpers == {"my_utils.py": b"helper = 3\n"}


def test_only_what_was_asked_for(alice):
    """Asked for one exercise, a hand-in has that alone; the others are no helpers of it."""
    found = find(alice, ["ex5_2"])
    assert list(found.sources) == ["ex5_2"]
    assert list(found.sources["ex5_2"].helpers) == ["my_utils.py"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "nowhere", "There is no"),
        (lambda folder: folder, "holds no ex5/ or files such as ex5_1.py"),
        (lambda folder: write(folder / "notes.txt"), "neither a folder nor a .py file"),
        (lambda folder: write(folder / "other.py"), "its name must be one of ex5_1, ex5_2, ex5_3"),
    ],
    ids="missing empty text other".split(),
)
def test_what_can_be_no_submission(tmp_path, make, words):
    """What cannot be a hand-in is a mistake of the user, with what to do about it."""
    with pytest.raises(SubmissionError, match=words):
        find(make(tmp_path))
    assert issubclass(SubmissionError, UserError)


def write(path: Path, data: bytes = b"") -> Path:
    """Write a file."""
    path.write_bytes(data)
    return path


def test_a_file_that_was_not_asked_for(alice):
    """An exercise's file given while another exercise is to be marked is a mistake."""
    with pytest.raises(SubmissionError, match=r"not among the exercises asked for \(ex5_2\)"):
        find(alice / "ex5" / "ex5_1.py", ["ex5_2"])


# What cannot be read


def problem(folder: Path) -> str:
    """Return what is wrong with a hand-in's first exercise, and check that the second is still there."""
    found = find(folder)
    assert found.sources["ex5_2"].data == b"two = 2\n"
    assert found.sources["ex5_1"].data is None
    problem = found.sources["ex5_1"].problem
    assert "\n" not in problem.en
    assert problem.zh
    return problem.en


def test_a_file_that_is_too_large(alice):
    """A file over the limit is not read, one at the limit is."""
    write(alice / "ex5" / "ex5_1.py", bytes(MAX_FILE))
    assert len(find(alice).sources["ex5_1"].data) == MAX_FILE
    write(alice / "ex5" / "ex5_1.py", bytes(MAX_FILE + 1))
    assert problem(alice) == "ex5_1.py is larger than 2 MiB"


def test_a_folder_named_like_a_file(alice):
    """A folder in the place of a file is said to be none."""
    (alice / "ex5" / "ex5_1.py").unlink()
    (alice / "ex5" / "ex5_1.py").mkdir()
    (alice / "ex5" / "folder.py").mkdir()
    assert problem(alice) == "ex5_1.py is not a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_a_fifo_is_not_waited_for(alice):
    """A FIFO in the place of a file, or of a helper, is not opened."""
    (alice / "ex5" / "ex5_1.py").unlink()
    os.mkfifo(alice / "ex5" / "ex5_1.py")
    os.mkfifo(alice / "ex5" / "pipe.py")
    assert problem(alice) == "ex5_1.py is not a file"
    assert list(find(alice).sources["ex5_2"].helpers) == ["my_utils.py"]


@pytest.mark.parametrize("target", ["nowhere.py", "ex5_1.py"], ids=["dangling", "loop"])
def test_a_link_to_nothing(alice, target):
    """A link that leads nowhere, or to itself, is told as such, not as a file that is not there."""
    (alice / "ex5" / "ex5_1.py").unlink()
    (alice / "ex5" / "ex5_1.py").symlink_to(target)
    assert "ex5_1.py" in problem(alice)
    assert "not in the submission" not in problem(alice)


def test_a_file_that_may_not_be_read(alice, monkeypatch):
    """A file without permission is told with the system's reason."""
    read = Path.read_bytes

    def refuse(path):
        if path.name == "ex5_1.py":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert problem(alice) == "ex5_1.py cannot be read: Permission denied"


def test_a_link_within_the_submission(alice):
    """A link to another file of the hand-in is followed."""
    (alice / "ex5" / "ex5_1.py").unlink()
    (alice / "ex5" / "ex5_1.py").symlink_to("my_utils.py")
    assert find(alice).sources["ex5_1"].data == b"helper = 3\n"


def test_a_folder_that_is_a_link(alice, tmp_path):
    """A hand-in that the user names by a link is that hand-in."""
    (tmp_path / "current").symlink_to(alice)
    assert find(tmp_path / "current").sources["ex5_1"].data == b"one = 1\n"


@pytest.mark.parametrize("what", ["file", "helper", "folder"])
def test_a_link_out_of_the_submission_is_not_followed(alice, tmp_path, what):
    """A hand-in gets no file of the marker's machine, such as a solution, by linking to it."""
    secret = tmp_path / "reference" / "ex5"
    secret.mkdir(parents=True)
    (secret / "ex5_1.py").write_bytes(b"the solution")
    bob = tmp_path / "bob"
    if what == "folder":
        bob.mkdir()
        (bob / "ex5").symlink_to(secret)
    else:
        (bob / "ex5").mkdir(parents=True)
        write(bob / "ex5" / "ex5_2.py", b"from helper import *")
        name = "ex5_1.py" if what == "file" else "helper.py"
        (bob / "ex5" / name).symlink_to(secret / "ex5_1.py")
    try:
        found = find(bob)
    except SubmissionError:
        return
    seen = [found.sources["ex5_1"].data, *found.sources["ex5_2"].helpers.values()]
    assert b"the solution" not in seen


# Helpers


def test_what_is_a_helper(alice):
    """Modules beside the exercises are helpers; exercises, other files, odd names and what is too large are not."""
    folder = alice / "ex5"
    for name in ("second.py", "not-a-module.py", "notes.txt", "ex5_3.py", "ex5_2 (1).py", "模块.py"):
        write(folder / name, b"#")
    write(folder / "huge.py", bytes(MAX_FILE + 1))
    (folder / "sub").mkdir()
    write(folder / "sub" / "inner.py", b"#")
    found = find(alice, ["ex5_1"])
    assert set(found.sources["ex5_1"].helpers) == {"my_utils.py", "second.py", "模块.py"}


def test_helpers_are_limited(alice):
    """A folder of thousands of modules is not read as a whole."""
    for number in range(200):
        write(alice / "ex5" / f"helper_{number:03}.py", b"#")
    assert len(find(alice).sources["ex5_1"].helpers) <= 60


# Showing a source


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"a = 1\nb = 2\n", ["a = 1", "b = 2", ""]),
        (b"a = 1\r\nb = 2\r\n", ["a = 1", "b = 2", ""]),
        (b"a = 1\rb = 2", ["a = 1", "b = 2"]),
        (b"\xef\xbb\xbfa = 1\n", ["a = 1", ""]),
        ("# 你好\n".encode(), ["# 你好", ""]),
        ("# -*- coding: gbk -*-\n# 你好\n".encode("gbk"), ["# -*- coding: gbk -*-", "# 你好", ""]),
        (b"# coding: latin-1\n# \xe9\n", ["# coding: latin-1", "# \xe9", ""]),
        (b"", [""]),
        (b"a = '\x0c\x0b\x1c\xc2\x85\xe2\x80\xa8'", ["a = '\x0c\x0b\x1c\x85\u2028'"]),
    ],
    ids="unix windows mac bom utf8 gbk latin empty separators".split(),
)
def test_lines_are_those_of_python(data, lines):
    """Lines are decoded and counted as Python does: BOM, declared encodings and every kind of line break."""
    assert Source("m", "m.py", data).lines() == lines


@pytest.mark.parametrize(
    "data",
    [
        "# 你好\nx = 1\n".encode("gbk"),
        b"# coding: nonsense\nx = 1\n",
        b"# coding: undefined\nx = 1\n",
        b"# coding: hex\nx = 1\n",
        b"# coding: rot13\nx = 1\n",
        b"# coding: utf-16\nx = 1\n",
        b"# coding: idna\nx\xff = 1..\n",
        b"\xef\xbb\xbf# coding: latin-1\nx = 1\n",
        b"\xff\xfe\x00",
        bytes(range(256)),
        b"\x00" * 100,
    ],
    ids="gbk nonsense undefined hex rot13 utf16 idna contradiction utf16bom bytes zeros".split(),
)
def test_any_bytes_can_be_shown(data):
    """A file in another encoding than it says, or in none, is shown as well as it can be."""
    source = Source("m", "m.py", data)
    assert all(isinstance(line, str) for line in source.lines())
    assert source.line_of("nowhere") is None


@pytest.mark.parametrize("codec", ["punycode", "idna", "unicode_escape"])
def test_odd_codecs_are_not_run_by_the_judge(codec):
    """Encodings in which nobody writes Python are not decoded as such: some of them can be made very slow."""
    data = {"punycode": b"abc-7ya", "idna": b"x.xn--maana-pta", "unicode_escape": b"x = '\\u00f1'\n"}[codec]
    text = b"# coding: " + codec.encode() + b"\n" + data
    assert Source("m", "m.py", text).lines() == text.decode().split("\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("class Wanted:\n    pass\n", 1),
        ("x = 1\n\ndef Wanted():\n    pass\n", 3),
        ("async  def  Wanted(): pass\n", 1),
        ("Wanted = 5\n", 1),
        ("Wanted: int = 5\n", 1),
        ("if True:\n    def Wanted(): pass\n", 2),
        ("def Wanted(): pass\ndef Wanted(): pass\n", 2),
        ("def Wanted2(): pass\nx = Wanted\nNotWanted = 1\n", None),
        ("# def Wanted(): pass\n", None),
    ],
)
def test_where_a_name_is_defined(text, line):
    """The last definition of a name is found: class, function or assignment at the top."""
    assert Source("m", "m.py", text.encode()).line_of("Wanted") == line


def test_a_name_with_signs_of_patterns_is_taken_literally():
    """A name from the student's process is no pattern."""
    assert Source("m", "m.py", b"def abc(): pass\n").line_of("a.c") is None
    assert Source("m", "m.py", b"def abc(): pass\n").line_of("(") is None


def test_a_comparison_is_no_definition():
    """A line that begins with a comparison of the name is not where it is defined."""
    assert Source("m", "m.py", b"Wanted = 1\nWanted == 2\n").line_of("Wanted") == 1
