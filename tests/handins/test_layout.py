"""A student's files are laid out so that they can be marked, and what cannot be says why."""

from __future__ import annotations

import errno
import os
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest
from handins.builders import ANSWERS, KNOWN, WORK, tarred, write, zip_link, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.handins import layout, reading
from grader.handins.drafts import Piece
from grader.handins.homes import Wanted
from grader.handins.layout import Laid, lay_out
from grader.handins.reading import UnreadableError, newest, open_file
from grader.handins.unpacking import Limits
from grader.results import Text
from grader.submission import find_submission

WANTED = Wanted("ex5", KNOWN)
NOTEBOOK = b'{"cells": []}'


@pytest.fixture
def laid(tmp_path):
    """Lays out a student's files, given as pieces: a folder's tree, or a file's bytes."""

    def lay(pieces: Mapping[str, bytes | Mapping[str, bytes]], wanted: Wanted = WANTED, nested: bool = True) -> Laid:
        found = []
        for name, content in pieces.items():
            path = tmp_path / "in" / name
            if isinstance(content, bytes):
                write(path.parent, {name: content})
            else:
                write(path, content)
            found.append(Piece(path, name))
        result = lay_out(found, tmp_path / "handins" / "anna", tmp_path / "scratch", wanted, nested)
        assert not (tmp_path / "scratch").exists()
        assert (result.folder is None) == bool(result.problem)
        return result

    return lay


def answers(laid: Laid) -> dict[str, bytes]:
    """Return what the marking would find: each exercise's file."""
    assert laid.folder is not None, laid.problem.en
    found = find_submission(laid.folder, "ex5", list(KNOWN), KNOWN)
    assert found.name == "anna"
    return {f"{name}.py": source.data for name, source in found.sources.items() if source.data is not None}


def en(texts: tuple[Text, ...]) -> list[str]:
    """Return the English of texts, all of which have Chinese too."""
    assert all(text.zh for text in texts)
    return [text.en for text in texts]


# Where the answers are


@pytest.mark.parametrize(
    "tree",
    [
        WORK,
        ANSWERS,
        {f"hw/{name}": data for name, data in WORK.items()},
        {f"a/b/c/{name}": data for name, data in ANSWERS.items()},
        {f"EX5/{name}": data for name, data in ANSWERS.items()},
        {f"anna/repo/{name}": data for name, data in WORK.items()} | {"anna/README.md": b"# me", "anna/x.pdf": b""},
        {f"HW. 5 /{name}": data for name, data in WORK.items()},
    ],
    ids=["ex5", "files", "wrapped", "deep", "upper case", "repository", "odd name"],
)
@pytest.mark.parametrize("pack", [None, "hw.zip", "hw.tar.gz"])
def test_places(laid, tree, pack):
    """Answers are found in ex5, without it, and some folders down, in folders and in archives."""
    pieces = {"hw": tree} if pack is None else {pack: zipped(tree) if pack == "hw.zip" else tarred(tree)}
    found = laid(pieces)
    assert answers(found) == ANSWERS
    assert found.notes == ()


def test_loose_files_and_helpers(laid):
    """Files handed in one by one lie together, with the modules that they import."""
    found = laid({**ANSWERS, "helpers.py": b"one = 1\n"})
    assert answers(found) == ANSWERS
    submission = find_submission(found.folder, "ex5", list(KNOWN), KNOWN)
    assert submission.sources[KNOWN[0]].helpers == {"helpers.py": b"one = 1\n"}


def test_loose_files_of_the_same_name(tmp_path):
    """Where two files have one name, one counts, and a note says so."""
    write(tmp_path / "in", {"a.py": b"1", "b.py": b"2"})
    pieces = [Piece(tmp_path / "in" / name, "ex5_1_2_parallel.py") for name in ("a.py", "b.py")]
    found = lay_out(pieces, tmp_path / "handins" / "anna", tmp_path / "scratch", WANTED, True)
    assert answers(found) == {"ex5_1_2_parallel.py": b"2"}
    assert en(found.notes) == ["ex5_1_2_parallel.py was handed in more than once; one was left out."]


def test_notebooks_and_texts(laid):
    """Notebooks and texts are laid out as they are."""
    found = laid({"ch5.ipynb": NOTEBOOK, "ch5.md": b"# Chapter 5"})
    assert found.folder is not None
    assert {path.name: path.read_bytes() for path in found.folder.iterdir()} == {
        "ch5.ipynb": NOTEBOOK,
        "ch5.md": b"# Chapter 5",
    }


def test_notebooks_beside_programs(laid):
    """A notebook from elsewhere is put to the others, as all are looked for in one folder; else to the programs."""
    more = zipped({"b/more.ipynb": NOTEBOOK})
    for tree, place in (
        ({**WORK, "notes.ipynb": NOTEBOOK}, "."),
        ({**WORK, "ex5/notes.ipynb": NOTEBOOK, "a.md": b"# a"}, "ex5"),
        (WORK, "ex5"),
        (ANSWERS, "."),
    ):
        found = laid({"hw": tree, "more.zip": more})
        assert answers(found) == ANSWERS
        assert (found.folder / place / "more.ipynb").is_file()
        assert len(list(found.folder.rglob("*.ipynb"))) == 1 + sum(name.endswith(".ipynb") for name in tree)
        shutil.rmtree(found.folder.parents[1])


def test_readmes_are_no_answers(laid):
    """A text about the files is no hand-in, a notebook of any name is one."""
    assert laid({"hw": {"README.md": b"# x", "readme_anna.md": b"# y"}}).problem
    assert laid({"other": {"README.ipynb": NOTEBOOK}}).folder


def test_several_archives_together(laid):
    """Answers in several archives and files are one submission."""
    first, second, third = ANSWERS
    found = laid(
        {
            "part1.zip": zipped({f"ex5/{first}": ANSWERS[first]}),
            "part2.tar.gz": tarred({second: ANSWERS[second], "helpers.py": b"h = 1\n"}),
            third: ANSWERS[third],
        }
    )
    assert answers(found) == ANSWERS
    assert (found.folder / "helpers.py").exists() or (found.folder / "ex5" / "helpers.py").exists()
    assert len([note for note in en(found.notes) if "found in another folder" in note]) == 2


def test_an_archive_in_the_folder(laid):
    """An archive in a student's folder is opened, as on Moodle; the next one inside is not."""
    assert answers(laid({"folder": {"hw.zip": zipped()}})) == ANSWERS


def test_an_archive_in_an_archive(laid):
    """Archives are opened one level deep; the message says so."""
    found = laid({"hw.zip": zipped({"inner/hw.zip": zipped()})})
    assert "Archives deeper inside are not opened" in found.problem.en


def test_archives_in_a_repository_stay_closed(laid):
    """An archive in a clone is data, not the hand-in."""
    found = laid({"repo": {"data.zip": zipped()}}, nested=False)
    assert "Archives deeper inside are not opened" in found.problem.en


def test_two_copies(laid, tmp_path):
    """Of two folders with answers at the same height the one changed last counts; the other adds what is missing."""
    first, second, third = ANSWERS
    tree = {f"template/ex5/{name}": b"# stub\n" for name in ANSWERS} | {f"work/ex5/{first}": ANSWERS[first]}
    write(tmp_path / "in" / "hw", tree)
    for path in (tmp_path / "in" / "hw" / "template").rglob("*.py"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    found = laid({"hw": {}})
    assert answers(found) == {first: ANSWERS[first], second: b"# stub\n", third: b"# stub\n"}
    assert any("more than once" in note for note in en(found.notes))


def test_the_higher_copy_counts(laid):
    """A backup deeper down does not count."""
    found = laid({"hw": {**WORK, **{f"ex5/old/{name}": b"old" for name in ANSWERS}}})
    assert answers(found) == ANSWERS


def test_answers_beside_a_folder_of_the_assignments_name(laid):
    """Answers count also where a folder ex5 with something else lies beside them."""
    found = laid({"hw": {**ANSWERS, "helpers.py": b"h = 1\n", "ex5/notes.ipynb": NOTEBOOK}})
    assert answers(found) == ANSWERS
    submission = find_submission(found.folder, "ex5", list(KNOWN), KNOWN)
    assert submission.sources[KNOWN[0]].helpers == {"helpers.py": b"h = 1\n"}


def test_equal_copies_are_no_remark(laid):
    """The same file twice is no reason for a remark: archive and folder side by side."""
    found = laid({"hw": {**WORK, "hw.zip": zipped()}})
    assert answers(found) == ANSWERS
    assert found.notes == ()


def test_exercises_in_folders_of_their_own(laid):
    """One folder for each exercise is put together."""
    found = laid({"hw": {f"{name[:-3]}/{name}": data for name, data in ANSWERS.items()}})
    assert answers(found) == ANSWERS


def test_folders_called_like_files(laid):
    """Unpacking single files by hand leaves folders with their names."""
    found = laid({"hw": {f"{name}/{name}": data for name, data in ANSWERS.items()}})
    assert answers(found) == ANSWERS


@pytest.mark.parametrize(
    "name",
    ["ex5_1_2_parallel (1).py", "Ex5_1_2_Parallel.PY", "anna_ex5_1_2_parallel.py", "ex5_1_2_parallel-1.py"],
)
def test_names_are_restored(laid, name):
    """A file that is named after an exercise is taken for it, with a note."""
    found = laid({"hw": {f"ex5/{name}": b"x = 1\n"}})
    assert answers(found) == {"ex5_1_2_parallel.py": b"x = 1\n"}
    assert en(found.notes) == [f"{name} was taken for ex5_1_2_parallel.py."]


def test_names_are_not_guessed(laid):
    """The exact name counts, and of several others none."""
    tree = {"ex5_1_2_parallel.py": b"1", "ex5_1_2_parallel (1).py": b"2", "old_ex5_1_2_parallel.py": b"3"}
    tree["Ex5_1_2_parallel.py"] = b"4"
    assert answers(laid({"hw": tree})) == {"ex5_1_2_parallel.py": b"1"}


def test_several_that_are_not_exact(laid):
    """Of several files named after an exercise, none of them exactly, none is taken, and the note says so."""
    tree = {"new_ex5_1_2_parallel.py": b"1", "old_ex5_1_2_parallel.py": b"2", "ex5_1_1_sequential.py": b"3"}
    found = laid({"hw": tree})
    assert answers(found) == {"ex5_1_1_sequential.py": b"3"}
    assert en(found.notes) == [
        "Which one is ex5_1_2_parallel.py is not guessed: new_ex5_1_2_parallel.py, old_ex5_1_2_parallel.py."
    ]


def test_one_exercise_and_one_program(laid):
    """Where one exercise is marked, the only program is its answer."""
    found = laid({"anna.py": b"x = 1\n"}, Wanted("ex5", KNOWN, ("ex5_1_2_parallel",)))
    assert answers(found) == {"ex5_1_2_parallel.py": b"x = 1\n"}
    assert en(found.notes) == ["anna.py was taken for ex5_1_2_parallel.py."]


def test_one_program_for_many_exercises(laid):
    """Where many are marked, a program of another name is nobody's answer."""
    found = laid({"anna.py": b"x = 1\n"})
    assert "Nothing of ex5 is in this hand-in" in found.problem.en


# What there is instead


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        ({"anna.pdf": b"%PDF"}, "It has only: anna.pdf."),
        ({"hw": {"report.docx": b"", "a/b.txt": b"", "README.md": b"# hi"}}, "It has only: report.docx, a/b.txt."),
        ({"hw": {".git/config": b""}}, "It has no files that could be marked"),
        ({"hw.zip": zipped({"photo.jpg": b""})}, "It has only: photo.jpg."),
        ({"hw.zip": zipped({"__MACOSX/x": b""})}, "It has no files that could be marked"),
        ({"hw.zip": b"Rar!\x1a\x07"}, "hw.zip cannot be opened: it is a RAR file. Pack the files anew as .zip"),
        ({"hw.zip": zip_link()}, "hw.zip cannot be opened: “ex5/ex5_1_2_parallel.py” is a link. Pack"),
        ({"folder": {"hw.zip": b"broken"}}, "hw.zip cannot be opened: it is damaged."),
        ({"hw.rar": b"Rar!"}, "It has only: hw.rar."),
        ({f"{number}.txt": b"" for number in range(9)}, "It has only: 0.txt, 1.txt, 2.txt, 3.txt …."),
    ],
)
def test_nothing_to_mark(laid, pieces, words):
    """What has no answers says what it has and what to do, in both languages."""
    found = laid(pieces)
    assert words in found.problem.en
    assert found.problem.zh
    assert "\n" not in found.problem.en


def test_a_bad_archive_beside_good_files(laid):
    """What can be marked is marked; the archive that could not be opened is a remark."""
    found = laid({**ANSWERS, "more.zip": b"broken"})
    assert answers(found) == ANSWERS
    (note,) = en(found.notes)
    assert note.startswith("more.zip cannot be opened: it is damaged. Pack the files anew as .zip")


def test_a_piece_that_stayed_in_the_class_archive(tmp_path):
    """What could not be unpacked with the class is the student's problem."""
    piece = Piece(tmp_path / "none", "hw.zip", problem=Text("“x” is a link", "“x”是链接"))
    found = lay_out([piece], tmp_path / "out", tmp_path / "scratch", WANTED, True)
    assert found.problem.en.startswith("hw.zip cannot be opened: “x” is a link.")


# Files that are none


def test_links_that_lead_out(laid, tmp_path):
    """A link to another's work, or to a file of this machine, is not followed; the rest counts."""
    write(tmp_path / "other", ANSWERS)
    write(tmp_path / "in" / "hw" / "ex5", {"ex5_1_1_sequential.py": ANSWERS["ex5_1_1_sequential.py"]})
    (tmp_path / "in" / "hw" / "ex5" / "ex5_1_2_parallel.py").symlink_to(tmp_path / "other" / "ex5_1_2_parallel.py")
    (tmp_path / "in" / "hw" / "up").symlink_to("../..")
    found = laid({"hw": {}})
    assert set(answers(found)) == {"ex5_1_1_sequential.py"}
    assert en(found.notes) == [
        "Left out: up is a link, and links are not followed.",
        "Left out: ex5/ex5_1_2_parallel.py is a link, and links are not followed.",
    ]
    assert not any(path.is_symlink() for path in found.folder.rglob("*"))


def test_a_link_in_place_of_everything(laid, tmp_path):
    """If there is nothing but a link, that is the problem."""
    write(tmp_path / "other", WORK)
    write(tmp_path / "in" / "hw", {})
    (tmp_path / "in" / "hw" / "ex5").symlink_to(tmp_path / "other" / "ex5")
    assert laid({"hw": {}}).problem.en == "Left out: ex5 is a link, and links are not followed."


def test_links_within(laid, tmp_path):
    """A link to a file of the same hand-in means that file."""
    write(tmp_path / "in" / "hw", {"src/answer.py": b"x = 1\n", ".git/secret.py": b"s = 1\n", "ex5/a.md": b""})
    (tmp_path / "in" / "hw" / "ex5" / "ex5_1_2_parallel.py").symlink_to("../src/answer.py")
    (tmp_path / "in" / "hw" / "ex5" / "ex5_1_1_sequential.py").symlink_to("../.git/secret.py")
    (tmp_path / "in" / "hw" / "ex5" / "ex5_2_3_shared_layer.py").symlink_to("ex5_2_3_shared_layer.py")
    found = laid({"hw": {}})
    assert answers(found) == {"ex5_1_2_parallel.py": b"x = 1\n"}
    assert len(found.notes) == 2


@pytest.mark.parametrize("name", ["anna.py", "anna.zip", "anna"])
def test_pipes_in_place_of_files(laid, tmp_path, name):
    """A pipe is no file, whatever its name, and nothing waits for it."""
    write(tmp_path / "in", {})
    os.mkfifo(tmp_path / "in" / name)
    found = lay_out([Piece(tmp_path / "in" / name, name)], tmp_path / "out", tmp_path / "scratch", WANTED, True)
    assert found.problem.en.startswith(f"{name} is not an ordinary file.")


def test_pipes_and_sockets_in_a_folder(laid, tmp_path, monkeypatch):
    """In a folder they are left out with a note."""
    write(tmp_path / "in" / "hw", ANSWERS)
    os.mkfifo(tmp_path / "in" / "hw" / "pipe.py")
    monkeypatch.chdir(tmp_path / "in" / "hw")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.py")
        found = laid({"hw": {}})
    assert answers(found) == ANSWERS
    assert en(found.notes) == [
        "Left out: pipe.py is not an ordinary file.",
        "Left out: socket.py is not an ordinary file.",
    ]


def test_links_at_the_top(tmp_path):
    """A link in place of a hand-in is not followed."""
    write(tmp_path / "other", WORK)
    (tmp_path / "anna").symlink_to(tmp_path / "other")
    found = lay_out([Piece(tmp_path / "anna", "anna")], tmp_path / "out", tmp_path / "scratch", WANTED, True)
    assert found.problem.en.startswith("anna is a link, and links are not followed.")


def test_files_that_cannot_be_read(laid, monkeypatch):
    """A file without permission is left out with the system's reason."""
    real = os.open

    def refusing(path: str | Path, *more: int, **how: int) -> int:
        if Path(path).name == "ex5_1_2_parallel.py":
            raise PermissionError(13, "Permission denied")
        return real(path, *more, **how)

    monkeypatch.setattr(reading.os, "open", refusing)
    found = laid({"hw": ANSWERS})
    assert set(answers(found)) == set(ANSWERS) - {"ex5_1_2_parallel.py"}
    assert en(found.notes) == ["Left out: ex5_1_2_parallel.py cannot be read: Permission denied."]


def test_folders_that_cannot_be_read(laid, monkeypatch):
    """So with a folder."""
    real = os.scandir

    def refusing(path: str | Path | int) -> object:
        if isinstance(path, Path) and path.name in ("locked", "hw2"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(reading.os, "scandir", refusing)
    found = laid({"hw": {**WORK, "locked/a.py": b""}, "hw2": WORK})
    assert answers(found) == ANSWERS
    assert en(found.notes) == [
        "hw2 cannot be read: Permission denied. Put a readable copy of the file itself there.",
        "Left out: locked cannot be read: Permission denied.",
    ]


def test_large_files(laid):
    """A file that no one has written by hand is left out."""
    found = laid({"hw": {**ANSWERS, "huge.py": bytes(20 * 2**20 + 1)}})
    assert answers(found) == ANSWERS
    assert en(found.notes) == ["Left out: huge.py is larger than 20 MiB."]


def test_too_many_files(laid, monkeypatch):
    """A folder is looked through from the top, the assignment's own first; what is too much is left."""
    monkeypatch.setattr(layout, "MAX_ENTRIES", 40)
    found = laid({"hw": {**WORK, **{f"data/{number}.txt": b"" for number in range(100)}}})
    assert answers(found) == ANSWERS
    assert en(found.notes) == ["There are too many files; those deep down were not looked at."]


@pytest.mark.parametrize("limits", [Limits(files=3), Limits(total=300)])
def test_too_much_to_copy(laid, monkeypatch, limits):
    """The number of files that are copied has a limit, and so have their bytes."""
    monkeypatch.setattr(layout, "LIMITS", limits)
    found = laid({"hw": {**WORK, **{f"more/{number}.py": b"x" * 100 for number in range(50)}}})
    assert answers(found) == ANSWERS
    assert en(found.notes) == ["There are too many files; those deep down were not looked at."]


def test_other_files_are_not_copied(laid):
    """Data sets do not fill the disk."""
    found = laid({"hw": {**WORK, "ex5/data/train.bin": bytes(1000)}})
    assert {path.suffix for path in found.folder.rglob("*") if path.is_file()} == {".py"}


def test_remarks_are_few(laid, tmp_path):
    """However much is wrong, the remarks stay short."""
    write(tmp_path / "in" / "hw", ANSWERS)
    for number in range(50):
        os.mkfifo(tmp_path / "in" / "hw" / f"pipe{number}.py")
    assert len(laid({"hw": {}}).notes) == layout.MAX_NOTES


@pytest.mark.parametrize(
    ("number", "is_students"), [(errno.ENAMETOOLONG, True), (errno.EILSEQ, True), (errno.ENOSPC, False)]
)
@pytest.mark.parametrize(
    "pieces", [{"hw": WORK}, {"hw.zip": zipped()}, {"hw.tar": tarred()}], ids=["folder", "zip", "tar"]
)
def test_what_cannot_be_written(laid, monkeypatch, pieces, number, is_students):
    """A name that a file system refuses is that student's problem; a full disk is everyone's."""
    real = Path.open

    def refusing(path: Path, mode: str = "r", *more: object, **how: object) -> object:
        if mode in ("xb", "wb") and "scratch" in path.parts:
            raise OSError(number, os.strerror(number))
        return real(path, mode, *more, **how)

    # The input is written before.
    with pytest.raises(UnreadableError):
        open_file(Path("none"))
    monkeypatch.setattr(Path, "open", refusing)
    if is_students:
        assert os.strerror(number) in laid(pieces).problem.en
    else:
        with pytest.raises(OSError, match=os.strerror(number)):
            laid(pieces)


COMPONENTS = [
    "ex5",
    "EX5",
    "Ex5",
    "work",
    ".git",
    "ex5_1_2_parallel.py",
    "Ex5_1_2_Parallel.py",
    "ex5_1_2_parallel (1).py",
]
COMPONENTS += [
    "ex5_1_1_sequential.py",
    "anna_ex5_1_1_sequential.py",
    "a.ipynb",
    "a.md",
    "helpers.py",
    "hw.zip",
    "x.txt",
]
PATHS = st.lists(st.sampled_from(COMPONENTS), min_size=1, max_size=4).map("/".join)
TREES = st.dictionaries(PATHS, st.sampled_from([b"1", b"2", zipped(), zipped(ANSWERS)]), max_size=9)


@settings(deadline=None)
@given(trees=st.lists(TREES, min_size=1, max_size=3), asked=st.sampled_from([(), KNOWN[:1]]))
def test_any_tree(tmp_path_factory, trees, asked):
    """Whatever lies where, even folders called like files, there is a submission that can be read, or one problem."""
    root = tmp_path_factory.mktemp("any")
    for number, tree in enumerate(trees):
        (root / "in" / str(number)).mkdir(parents=True)
        for path, data in tree.items():
            place = root / "in" / str(number) / path
            if not place.exists() and not any(parent.is_file() for parent in place.parents):
                write(place.parent, {place.name: data})
    pieces = [Piece(path, path.name) for path in sorted((root / "in").iterdir())]
    found = lay_out(pieces, root / "out" / "anna", root / "scratch", Wanted("ex5", KNOWN, asked), True)
    assert (found.folder is None) == bool(found.problem)
    if found.folder is not None and not list(found.folder.rglob("*.ipynb")) and not list(found.folder.rglob("*.md")):
        assert answers(found)
    elif found.folder is None:
        assert not (root / "out" / "anna").exists()
        assert not [path for tree in trees for path in tree if path == "ex5_1_2_parallel.py"]


# Reading


def test_a_file_that_changes_into_another(tmp_path, monkeypatch):
    """What is a pipe by the time it is opened is no file."""
    write(tmp_path, {"a.py": b"x"})
    os.mkfifo(tmp_path / "pipe")
    real = os.open
    monkeypatch.setattr(reading.os, "open", lambda path, flags: real(tmp_path / "pipe", flags))
    with pytest.raises(UnreadableError, match="not an ordinary file"):
        open_file(tmp_path / "a.py")


def test_newest(tmp_path):
    """The time of a hand-in is that of its file changed last, junk apart."""
    write(tmp_path / "anna", {"a/b.py": b"", "c.py": b"", ".git/x": b""})
    for name, seconds in (("a/b.py", 2_000), ("c.py", 1_000), (".git/x", 3_000)):
        os.utime(tmp_path / "anna" / name, (seconds, seconds))
    assert newest(tmp_path / "anna") == 2_000
    assert newest(tmp_path / "anna" / "c.py") == 1_000
    assert newest(tmp_path / "none") == 0
