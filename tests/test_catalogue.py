"""Assignments are read from their folders, and what is wrong with one is said in one line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from grader.catalogue import CatalogueError, UnknownTargetError, assignment_names, exercises_root, find, load_assignment
from grader.errors import UserError
from grader.results import Text, address

GOOD = """
title = { en = "Chapter", zh = "章" }
book_url = "https://example.org"

[limits]
probe_seconds = 3
memory_mib = 512

[[exercises]]
name = "ex5_1_1_first"
id = "5.1.1"
points = 2.5
title = "First"
book = "5.1"

[[exercises]]
name = "ex5_1_2_second"
id = "5.1.2"
points = 4
title = { en = "Second" }
limits = { probe_seconds = 9, reply_mib = 1, scratch_mib = 2, file_mib = 3, processes = 4, open_files = 5 }

[[exercises]]
name = "ex5_10_1_third"
id = "5.10.1"
points = 1
title = { en = "Third", zh = "第三" }
"""


def write(folder: Path, text: str, *names: str) -> Path:
    """Write an assignment."""
    for name in names:
        (folder / name).mkdir(parents=True)
        (folder / name / "spec.py").write_text("")
    folder.mkdir(exist_ok=True, parents=True)
    (folder / "assignment.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def root(tmp_path) -> Path:
    """A folder with two assignments."""
    write(tmp_path / "ex5", GOOD, "ex5_1_1_first", "ex5_1_2_second", "ex5_10_1_third")
    other = GOOD[: GOOD.index('[[exercises]]\nname = "ex5_1_2')].replace("5.1.1", "6.1.1").replace("ex5_", "ex6_")
    write(tmp_path / "ex6", other, "ex6_1_1_first")
    (tmp_path / "notes").mkdir()
    return tmp_path


def test_an_assignment_is_read(root):
    """Titles, order, points, book and limits are those of the file; limits of an exercise go over common ones."""
    assignment = load_assignment(root / "ex5")
    assert (assignment.name, assignment.title, assignment.book_url) == (
        "ex5", Text("Chapter", "章"), "https://example.org",
    )  # fmt: skip
    first, second, third = assignment.exercises
    assert (first.name, first.id, first.points, first.book) == ("ex5_1_1_first", "5.1.1", 2.5, "5.1")
    assert (first.title, second.title, third.title) == (Text("First"), Text("Second"), Text("Third", "第三"))
    assert first.spec == root / "ex5" / "ex5_1_1_first" / "spec.py"
    assert (first.limits.probe_seconds, first.limits.exercise_seconds, first.limits.memory) == (3, 20, 512 * 2**20)
    limits = second.limits
    assert (limits.probe_seconds, limits.memory, limits.reply) == (9, 512 * 2**20, 2**20)
    assert (limits.scratch, limits.file_size, limits.processes, limits.open_files) == (2 * 2**20, 3 * 2**20, 4, 5)


@pytest.mark.parametrize(
    ("target", "ids"),
    [
        ("ex5", ["5.1.1", "5.1.2", "5.10.1"]),
        ("ex5.1", ["5.1.1", "5.1.2"]),
        ("5.1", ["5.1.1", "5.1.2"]),
        ("5", ["5.1.1", "5.1.2", "5.10.1"]),
        ("ex5.1.2", ["5.1.2"]),
        ("5.1.2", ["5.1.2"]),
        ("5.10", ["5.10.1"]),
        ("ex5_1_2_second", ["5.1.2"]),
        ("ex5_1_2_second.py", ["5.1.2"]),
        ("ex6", ["6.1.1"]),
        ("6.1.1", ["6.1.1"]),
        ("ex6_1_1_first", ["6.1.1"]),
    ],
)
def test_targets_are_found(root, target, ids):
    """An assignment, a section, a number and a name each mean their exercises, in order."""
    assignment, exercises = find(target, root)
    assert [exercise.id for exercise in exercises] == ids
    assert assignment.name == f"ex{ids[0][0]}"


@pytest.fixture
def with_warmup(root) -> Path:
    """The same with a third assignment, whose name does not end in a number."""
    text = GOOD[: GOOD.index('[[exercises]]\nname = "ex5_10')].replace('"5.1.', '"1.').replace("ex5_1", "warm")
    write(root / "ex5_warmup", text, "warm_1_first", "warm_2_second")
    return root


@pytest.mark.parametrize(
    ("target", "ids"),
    [
        ("ex5_warmup", ["1.1", "1.2"]),
        ("ex5_warmup.1", ["1.1", "1.2"]),
        ("ex5_warmup.1.2", ["1.2"]),
        ("1.2", ["1.2"]),
        ("warm_2_second", ["1.2"]),
        ("ex5", ["5.1.1", "5.1.2", "5.10.1"]),
        ("ex5.1.2", ["5.1.2"]),
        ("5.1", ["5.1.1", "5.1.2"]),
    ],
)
def test_a_name_without_a_number_stands_before_it(with_warmup, target, ids):
    """Of an assignment whose name does not end in its number, the number follows the name and a dot."""
    assignment, exercises = find(target, with_warmup)
    assert [exercise.id for exercise in exercises] == ids
    assert assignment.name == ("ex5_warmup" if ids[0].startswith("1") else "ex5")


@pytest.mark.parametrize("target", ["ex5.1.2", "ex6.1.1", "ex5_warmup.1.1"])
def test_what_an_exercise_is_called_is_how_it_is_found(with_warmup, target):
    """The address of an exercise, which reports show, leads to it and to nothing else."""
    assignment, exercises = find(target, with_warmup)
    assert [address(assignment.name, exercise.id) for exercise in exercises] == [target]


@pytest.mark.parametrize("target", ["ex5_warmup.5", "ex5_warmup1.1", "ex1.1", "ex5_warmup.", "warmup.1.1", "ex5_.1"])
def test_no_other_name_stands_before_it(with_warmup, target):
    """What is not called so is not found."""
    with pytest.raises(UnknownTargetError, match="There is no exercise"):
        find(target, with_warmup)


def test_a_number_of_several_assignments(with_warmup):
    """Where a bare number could mean several exercises, the ways to say which are named."""
    shutil.copytree(with_warmup / "ex5_warmup", with_warmup / "ex6_warmup")
    with pytest.raises(UnknownTargetError, match=r"1\.1 is in several .*ex5_warmup\.1\.1 or ex6_warmup\.1\.1"):
        find("1.1", with_warmup)
    assert find("ex6_warmup.1.1", with_warmup)[0].name == "ex6_warmup"


@pytest.mark.parametrize("target", ["ex7", "5.2", "5.1.", "5.1.1.1", "ex5_1", "first", "", "*", "../ex5", "5.1.2x"])
def test_an_unknown_target_lists_what_there_is(root, target):
    """A target that means nothing is a mistake of the user, who is told what to type."""
    with pytest.raises(UnknownTargetError, match="There is no exercise") as raised:
        find(target, root)
    offered = str(raised.value).partition("Try one of: ")[2].rstrip(".").split(", ")
    assert {"ex5", "ex5.1.1", "ex6", "ex6.1.1"} <= set(offered)
    assert len(offered) == len(set(offered)) <= 7
    assert issubclass(UnknownTargetError, UserError)


def test_an_assignment_without_exercises_is_offered_by_its_name(root):
    """One that nobody has filled yet is in nobody's way."""
    (root / "empty").mkdir()
    (root / "empty" / "assignment.toml").write_text('title = "Nothing yet"\nexercises = []\n')
    with pytest.raises(UnknownTargetError, match=r"Try one of: empty, ex5, ex5\.1\.1, "):
        find("zzz", root)


@pytest.mark.parametrize(("target", "meant"), [("ex5.1.22", "ex5.1.2"), ("5.10.11", "ex5.10.1"), ("6.1.11", "ex6.1.1")])
def test_what_is_written_alike_is_offered_first(root, target, meant):
    """Of all exercises, the one that was most likely meant comes first."""
    with pytest.raises(UnknownTargetError, match=rf"Try one of: {re.escape(meant)}, "):
        find(target, root)


def test_without_assignments_the_folder_is_named(tmp_path):
    """An empty folder is named in the message."""
    with pytest.raises(UnknownTargetError, match=str(tmp_path)):
        find("ex5", tmp_path)
    assert assignment_names(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points = 2.5", 'points = "many"'),
        ("points = 2.5", ""),
        ('id = "5.1.1"', ""),
        ('name = "ex5_1_1_first"', ""),
        ('title = { en = "Chapter", zh = "章" }', ""),
        ('title = { en = "Second" }', 'title = { zh = "第二" }'),
        ("probe_seconds = 3", 'probe_seconds = "long"'),
        ("[limits]\nprobe_seconds = 3\nmemory_mib = 512", "limits = 3"),
        ("[[exercises]]", "[exercises]"),
        ("[[exercises]]", "[[exercise]]"),
        ("points = 4", "points = "),
        ('"5.1.1"', '"5.1.1'),
        ('name = "ex5_1_1_first"', 'name = "ex5_9_9_nowhere"'),
    ],
    ids=str,
)
def test_a_wrong_file_is_named(tmp_path, old, new):
    """What is wrong in assignment.toml is said with the path of the file."""
    assert old in GOOD
    text = GOOD.replace(old, new) if new.startswith("[") else GOOD.replace(old, new, 1)
    folder = write(tmp_path / "ex5", text, "ex5_1_1_first", "ex5_1_2_second", "ex5_10_1_third")
    with pytest.raises(CatalogueError) as caught:
        load_assignment(folder)
    assert str(folder / "assignment.toml") in str(caught.value)
    assert "\n" not in str(caught.value).rstrip()


def test_a_missing_file_is_named(tmp_path):
    """A folder without assignment.toml is said to be one."""
    with pytest.raises(CatalogueError, match="There is no .*assignment.toml"):
        load_assignment(tmp_path)


def test_a_file_that_is_no_utf8_is_named(tmp_path):
    """Bytes of another encoding are a mistake of the author, told with the path."""
    folder = write(tmp_path / "ex5", GOOD)
    (folder / "assignment.toml").write_bytes(GOOD.encode("gbk"))
    with pytest.raises(CatalogueError, match="assignment.toml"):
        load_assignment(folder)


def test_texts_and_mistakes_are_read(root):
    """Chinese titles and known mistakes are those of the exercise's files, and optional."""
    exercise = load_assignment(root / "ex5").exercises[0]
    assert exercise.check_texts() == {}
    assert exercise.mistakes() == []
    (exercise.folder / "checks.zh.toml").write_text('[test_a]\ntitle = "题"\n', encoding="utf-8")
    (exercise.folder / "mistakes.toml").write_text(
        '[swapped]\nfails = ["test_a", "test_b"]\nbook = "5.1"\n'
        'en = { happened = "h", matters = "m", try = "t" }\nzh = { happened = "发" }\n',
        encoding="utf-8",
    )
    assert exercise.check_texts() == {"test_a": {"title": "题"}}
    (mistake,) = exercise.mistakes()
    assert mistake.fails == {"test_a", "test_b"}
    assert (mistake.diagnosis.name, mistake.diagnosis.book) == ("swapped", "5.1")
    assert (mistake.diagnosis.happened, mistake.diagnosis.advice) == (Text("h", "发"), Text("t"))


@pytest.mark.parametrize(
    "entry", ['fails = ["a"]', 'en = { happened = "h", matters = "m", try = "t" }', 'fails = ["a"]\nen = "text"'],
    ids="no_text no_checks no_table".split(),
)  # fmt: skip
def test_a_wrong_mistake_is_named(root, entry):
    """A mistake that lacks something is named with its file."""
    exercise = load_assignment(root / "ex5").exercises[0]
    (exercise.folder / "mistakes.toml").write_text(f"[swapped]\n{entry}\n")
    with pytest.raises(CatalogueError, match=r"mistakes\.toml: \[swapped\]"):
        exercise.mistakes()


def test_where_exercises_are(monkeypatch, tmp_path):
    """The environment names the folder of assignments; else it is the one that comes with the package."""
    monkeypatch.delenv("GRADE_EXERCISES", raising=False)
    assert (exercises_root() / "ex5" / "assignment.toml").is_file()
    monkeypatch.setenv("GRADE_EXERCISES", str(tmp_path))
    assert exercises_root() == tmp_path
