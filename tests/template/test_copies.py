"""A copy is written whole or not at all, and never over anything that is there."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PurePosixPath

import pytest

from grader.errors import UserError
from grader.template.copies import write_copy
from grader.template.files import File, Template

FILES = {
    "README.md": b"read\n",
    ".github/workflows/grade.yml": b"on: push\n",
    "ex5/one.py": b"1\r\n",
    "ex5/two.py": b"2\n",
}


def template(work: tuple[str, ...] = ("ex5/one.py", "ex5/two.py"), others: tuple[str, ...] = ("ex5/ex5_1.ipynb",)):
    """Return a template of four files."""
    files = tuple(File(PurePosixPath(name), data) for name, data in FILES.items())
    return Template((), files, tuple(map(PurePosixPath, work)), tuple(map(PurePosixPath, others)))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files below a folder by their paths."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", ["hw", "deep/er/hw", "作业 第5章", "with space", "ex5", "ex5/ex5", "ünï-$(x)'\""])
def test_a_new_folder(tmp_path, name):
    """A new folder, whatever its name and however deep, gets every file as it is."""
    copy = write_copy(template(), tmp_path / name)
    assert contents(tmp_path / name) == FILES
    assert [str(path) for path in copy.written] == list(FILES)
    assert copy.kept == ()


def test_an_empty_folder(tmp_path):
    """A folder in which there is nothing is as good as a new one."""
    write_copy(template(), tmp_path)
    assert contents(tmp_path) == FILES


@pytest.mark.parametrize("name", [".git/HEAD", ".idea/x", "d2l_grader-0.1.0-py3-none-any.whl", "env/pyvenv.cfg"])
def test_what_is_there_before_any_work(tmp_path, name):
    """A repository, editors' settings, a virtual environment and the grader's wheel are not in the way."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"mine")
    write_copy(template(), tmp_path)
    assert contents(tmp_path) == {**FILES, name: b"mine"}


@pytest.mark.parametrize("name", ["notes.txt", "photos/cat.png", "ex5/other.py", ".bashrc"])
def test_a_folder_with_something_else(tmp_path, name):
    """Anything else in a folder is named, and nothing is written."""
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(UserError, match=rf"is not empty: it holds {name.split('/')[0]}\. Nothing was written"):
        write_copy(template(), tmp_path)
    assert contents(tmp_path) == {name: b"mine"}


def test_empty_folders_are_nothing(tmp_path):
    """Folders without anything in them are not in the way."""
    (tmp_path / "ex5").mkdir()
    (tmp_path / "notes").mkdir()
    write_copy(template(), tmp_path)
    assert contents(tmp_path) == FILES


def test_many_things_in_the_way_are_counted(tmp_path):
    """The line names three of the files that are there, and how many more there are."""
    for name in "fbdace":
        (tmp_path / name).touch()
    with pytest.raises(UserError, match="it holds a, b, c and 3 more"):
        write_copy(template(), tmp_path)


@pytest.mark.parametrize("name", ["README.md", ".gitignore", "requirements.txt"])
def test_a_file_of_a_copy_alone_is_no_copy(tmp_path, name):
    """A README of something else does not make a folder an earlier copy."""
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(UserError, match=f"it holds {name}"):
        write_copy(template(), tmp_path)
    assert contents(tmp_path) == {name: b"mine"}


def test_an_earlier_copy_is_completed(tmp_path):
    """With work in the folder, what is missing is written, and what is there stays, changed or not."""
    write_copy(template(), tmp_path)
    (tmp_path / "ex5" / "one.py").write_bytes(b"my work")
    (tmp_path / "ex5" / "two.py").unlink()
    (tmp_path / "README.md").write_bytes(b"my notes")
    (tmp_path / "ex5" / "helper.py").write_bytes(b"mine")
    copy = write_copy(template(), tmp_path)
    expected = {**FILES, "ex5/one.py": b"my work", "README.md": b"my notes", "ex5/helper.py": b"mine"}
    assert contents(tmp_path) == expected
    assert [str(path) for path in copy.written] == ["ex5/two.py"]
    assert [str(path) for path in copy.kept] == ["README.md", ".github/workflows/grade.yml", "ex5/one.py"]
    assert write_copy(template(), tmp_path).written == ()


def test_a_link_to_nothing_is_kept(tmp_path):
    """A link in place of a file is not written through, wherever it leads."""
    (tmp_path / "hw" / "ex5").mkdir(parents=True)
    (tmp_path / "hw" / "ex5" / "one.py").symlink_to(tmp_path / "elsewhere.py")
    copy = write_copy(template(), tmp_path / "hw")
    assert PurePosixPath("ex5/one.py") in copy.kept
    assert not (tmp_path / "elsewhere.py").exists()


def test_the_other_form_is_not_mixed_in(tmp_path):
    """Where the exercises are notebooks, no .py files are written beside them."""
    (tmp_path / "ex5").mkdir()
    (tmp_path / "ex5" / "ex5_1.ipynb").write_bytes(b"{}")
    with pytest.raises(UserError, match=r"another form \(ex5/ex5_1\.ipynb\)"):
        write_copy(template(), tmp_path)
    assert contents(tmp_path) == {"ex5/ex5_1.ipynb": b"{}"}


def test_the_folder_of_the_exercises_itself(tmp_path):
    """Called for the inner folder of a copy, it says so."""
    (tmp_path / "one.py").write_bytes(b"my work")
    with pytest.raises(UserError, match="holds the exercises themselves; run the command for the folder above"):
        write_copy(template(), tmp_path)
    assert contents(tmp_path) == {"one.py": b"my work"}


@pytest.mark.parametrize("name", ["hw", "hw/inner", "hw/inner/deeper"])
def test_a_file_in_the_way_of_the_folder(tmp_path, name):
    """A file of the folder's name, or of one above it, is named and stays."""
    (tmp_path / "hw").write_bytes(b"mine")
    with pytest.raises(UserError, match=r"hw is a file\. Give the name of a new folder\."):
        write_copy(template(), tmp_path / name)
    assert contents(tmp_path) == {"hw": b"mine"}


def test_a_file_in_the_way_within_a_copy(tmp_path):
    """A file where the copy has a folder is named before anything is written."""
    (tmp_path / "ex5").mkdir()
    (tmp_path / "ex5" / "one.py").write_bytes(b"my work")
    (tmp_path / ".github").write_bytes(b"mine")
    with pytest.raises(UserError, match=r"\.github is in the way"):
        write_copy(template(), tmp_path)
    assert contents(tmp_path) == {"ex5/one.py": b"my work", ".github": b"mine"}


def test_a_parent_that_cannot_be_written(tmp_path, monkeypatch):
    """A folder that may not be made ends in one line, with the system's reason."""

    def refused(path, *arguments, **keywords):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(UserError, match=r"hw cannot be written: Permission denied\. Give another folder\."):
        write_copy(template(), tmp_path / "hw")
    assert contents(tmp_path) == {}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="/proc is Linux's")
def test_a_parent_that_no_one_can_write():
    """The same with a real folder in which not even root can make another one."""
    with pytest.raises(UserError, match="/proc/hw cannot be written"):
        write_copy(template(), Path("/proc/hw"))


def test_after_a_failure_nothing_is_left(tmp_path, monkeypatch):
    """If a write fails half-way, all files and folders that were made are gone, and what was there before stays."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(b"mine")
    opened = Path.open

    class Full:
        """A file on a disk that is full."""

        def __init__(self, file):
            self.file = file

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self.file.close()

        def write(self, data):
            self.file.write(data[:1])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def open_until_full(path, *arguments, **keywords):
        file = opened(path, *arguments, **keywords)
        return Full(file) if path.name == "two.py" else file

    monkeypatch.setattr(Path, "open", open_until_full)
    with pytest.raises(UserError, match="cannot be written: No space left on device"):
        write_copy(template(), tmp_path)
    assert sorted(tmp_path.rglob("*")) == [tmp_path / ".git", tmp_path / ".git" / "HEAD"]


def test_what_appears_meanwhile_is_not_overwritten(tmp_path, monkeypatch):
    """A file that appears between the look and the writing stays as it is."""
    made = Path.mkdir

    def mkdir(path, *arguments, **keywords):
        made(path, *arguments, **keywords)
        if path.name == "ex5":
            (path / "two.py").write_bytes(b"my work")

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(UserError, match="cannot be written: File exists"):
        write_copy(template(), tmp_path / "hw")
    assert contents(tmp_path) == {"hw/ex5/two.py": b"my work"}
