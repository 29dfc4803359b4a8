"""A class is read from end to end: every platform's archive and folder, with a roster and without."""

from __future__ import annotations

import os
import shutil
import tarfile
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from handins.builders import (
    ANSWERS,
    GRADESCOPE_LIST,
    KNOWN,
    ROSTER,
    WORK,
    canvas_class,
    github_class,
    gradescope_class,
    moodle_class,
    tarred,
    with_members,
    write,
    zip_link,
    zipped,
)

from grader.errors import UserError
from grader.handins import intake
from grader.handins.handin import HandIn
from grader.handins.intake import read_handins
from grader.handins.roster import Roster, read_roster
from grader.submission import find_submission


@pytest.fixture
def roster(tmp_path) -> Roster:
    """The roster of the small class."""
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return read_roster(tmp_path / "roster.csv")


@pytest.fixture
def read(tmp_path):
    """Reads a class from a path, and returns the hand-ins by key; nothing is left behind but them."""

    def read_class(path: Path, roster: Roster | None = None, **how: object) -> dict[str, HandIn]:
        workspace = tmp_path / "results" / "workspace"
        found = read_handins(path, "ex5", KNOWN, workspace, roster, **how)  # type: ignore[arg-type]
        assert [handin.key for handin in found] == sorted(handin.key for handin in found)
        assert {path.name for path in workspace.iterdir()} <= {"handins"}
        for handin in found:
            assert (handin.folder is None) == bool(handin.problem)
            assert all(text.en and text.zh for text in (*handin.notes, *filter(None, [handin.problem])))
            if handin.folder is not None:
                assert handin.folder == workspace / "handins" / handin.key
        return {handin.key: handin for handin in found}

    return read_class


@pytest.fixture
def given(tmp_path):
    """Writes a class as a folder, a zip or a tar, and returns its path."""

    def give(tree: Mapping[str, bytes], how: str = "folder", name: str = "submissions") -> Path:
        if how == "folder":
            return write(tmp_path / name, tree)
        path = tmp_path / f"{name}.{how}"
        path.write_bytes(zipped(tree) if how == "zip" else tarred(tree))
        return path

    return give


def answers(handin: HandIn) -> int:
    """Return how many exercises the marking would find in a hand-in, with the right content."""
    assert handin.folder is not None, handin.problem.en
    found = find_submission(handin.folder, "ex5", list(KNOWN), KNOWN).sources
    assert all(source.data in (None, ANSWERS[f"{name}.py"]) for name, source in found.items())
    return sum(source.data is not None for source in found.values())


# Platforms


@pytest.mark.parametrize("how", ["folder", "zip", "tar.gz"])
def test_canvas(read, given, roster, how):
    """Canvas: everyone is matched by number or name, with LATE and attempts; a text that was typed is a problem."""
    found = read(given(canvas_class(), how), roster)
    assert list(found) == ["anon_x7Rk2", "s01", "s02", "s03", "s04", "s05"]
    assert [answers(found[key]) for key in ("anon_x7Rk2", "s01", "s02", "s03", "s04")] == [3, 3, 3, 3, 2]
    assert (found["s04"].folder / "my_helpers.py").is_file()
    assert found["s02"].late
    assert (found["s02"].attempt, found["s04"].attempt) == (2, 3)
    assert "typed into the platform" in found["s05"].problem.en
    assert (found["s03"].name, found["s03"].student, found["s03"].email) == ("王磊", "s03", "lei@uni.example")
    anonymous = found["anon_x7Rk2"]
    assert (anonymous.matched, anonymous.late, anonymous.name) == (False, True, "anon_x7Rk2")
    assert [handin.student for handin in roster.missing(found.values())] == ["s06"]
    assert (found["s01"].canvas_id, found["s01"].login) == ("4711", "ab01")


def test_canvas_by_name_alone(read, given, roster, tmp_path):
    """Canvas without its numbers in the roster: names run together are found."""
    lines = [",".join(line.split(",")[:-4]) for line in ROSTER.replace('"Chen, Yu"', "Yu Chen").splitlines()]
    (tmp_path / "short.csv").write_text("\n".join(lines), encoding="utf-8")
    found = read(given(canvas_class(), "zip"), read_roster(tmp_path / "short.csv"))
    assert {key for key, handin in found.items() if handin.matched} == {"s02", "s03", "s04", "s05"}
    assert not found["berganna_4711"].matched
    # A number in a file's name only helps to find the student.
    assert {handin.canvas_id for handin in found.values()} == {""}


def test_canvas_without_a_roster(read, given):
    """Without a roster keys and names are the platform's, and everyone counts as matched."""
    found = read(given(canvas_class(), "zip"))
    assert list(found) == [
        "anon_x7Rk2",
        "berganna_4711",
        "chenyu_4712",
        "riveradiego_4714",
        "sofialund_4715",
        "王磊_4713",
    ]
    assert all(handin.matched for handin in found.values())
    assert found["berganna_4711"].student == "4711"


@pytest.mark.parametrize("how", ["folder", "zip"])
def test_moodle(read, given, roster, how):
    """Moodle: folders and flat files, archives in folders, typed texts, hidden names."""
    found = read(given(moodle_class(), how), roster)
    assert list(found) == ["s01", "s02", "s03", "s04", "s05", "s06"]
    assert [answers(found[key]) for key in ("s01", "s02", "s03", "s04")] == [3, 1, 1, 3]
    assert "typed" in found["s05"].problem.en
    assert [path.name for path in found["s06"].folder.iterdir()] == ["ch5.ipynb"]
    assert roster.missing(found.values()) == ()


@pytest.mark.parametrize("how", ["folder", "zip", "tar.gz"])
def test_gradescope(read, given, roster, how):
    """Gradescope: students are known by what its list says; both of a pair get the hand-in."""
    found = read(given(gradescope_class(), how), roster)
    assert list(found) == ["s01", "s02", "s03", "submission_345680"]
    assert [answers(found[key]) for key in ("s01", "s02", "s03")] == [3, 3, 3]
    assert found["s02"].folder != found["s03"].folder
    assert "together with Yu Chen" in found["s03"].notes[0].en
    assert "not in the export" in found["submission_345680"].problem.en
    assert not found["submission_345680"].matched


def test_github(read, given, roster):
    """GitHub Classroom: clones are matched by account; what git keeps is none of the student's files, nor are data."""
    found = read(given({**github_class(), "ex5-builders-annab/data.zip": b"broken"}), roster)
    assert list(found) == ["s01", "s02", "s03"]
    assert all(handin.notes == () for handin in found.values())
    assert all(answers(handin) == 3 for handin in found.values())
    assert not any(".git" in path.parts for handin in found.values() for path in handin.folder.rglob("*"))


def test_github_without_a_roster(read, given):
    """Without a roster keys are those of the repositories, and names the accounts."""
    found = read(given(github_class()))
    assert {key: handin.name for key, handin in found.items()} == {
        "ex5-builders-annab": "annab",
        "ex5-builders-chen-yu": "chen-yu",
        "ex5-builders-leiwang-1": "leiwang-1",
    }


PLAIN = {
    **{f"Anna Maria Berg/ex5/{name}": data for name, data in ANSWERS.items()},
    "s02.zip": zipped(),
    "20260101_王磊_作业五.tar.gz": tarred(),
    "drivera.ipynb": b'{"cells": []}',
    "stranger.zip": zipped(),
    "grades.csv": b"id,score\n",
    "__MACOSX/._s02.zip": b"",
    ".DS_Store": b"",
}


@pytest.mark.parametrize("how", ["folder", "zip"])
def test_a_plain_folder(read, given, roster, how):
    """Any folder: students are found by id, account, or name within the name; a stranger is kept and flagged."""
    found = read(given(PLAIN, how), roster)
    assert list(found) == ["s01", "s02", "s03", "s04", "stranger"]
    assert [answers(found[key]) for key in ("s01", "s02", "s03", "stranger")] == [3, 3, 3, 3]
    assert [path.name for path in found["s04"].folder.iterdir()] == ["drivera.ipynb"]
    assert [key for key, handin in found.items() if not handin.matched] == ["stranger"]
    assert {handin.key for handin in roster.missing(found.values())} == {"s05", "s06"}


def test_a_file_that_cannot_be_marked(read, given, roster):
    """A document is a hand-in too: the student's problem, not no submission."""
    found = read(given({"sofia lund.pdf": b"%PDF", "anna.zip": zipped()}), roster)
    assert "It has only: sofia lund.pdf." in found["s05"].problem.en


def test_one_file_for_each_exercise(read, given, roster):
    """Programs with student and exercise in their names are put together."""
    tree = {f"ab01_{name}": data for name, data in ANSWERS.items()} | {
        "王磊_ex5_1_2_parallel.py": ANSWERS["ex5_1_2_parallel.py"]
    }
    found = read(given(tree), roster)
    assert {key: answers(handin) for key, handin in found.items()} == {"s01": 3, "s03": 1}


def test_one_program_for_each_student(read, given, roster):
    """Where one exercise is marked, a file of the student's name is the answer."""
    data = ANSWERS["ex5_1_2_parallel.py"]
    found = read(given({"ab01.py": data, "王磊.py": data}), roster, asked=["ex5_1_2_parallel"])
    assert {key: answers(handin) for key, handin in found.items()} == {"s01": 1, "s03": 1}


def test_an_archive_and_its_folder_side_by_side(read, given, roster):
    """Unpacked by hand with the archives still there: one hand-in each, with a note."""
    tree = {"anna maria berg.zip": zipped(), **{f"anna maria berg/{name}": data for name, data in WORK.items()}}
    (anna,) = read(given(tree), roster).values()
    assert (anna.key, answers(anna)) == ("s01", 3)
    assert "2 hand-ins" in anna.notes[0].en


# Bad ones are their students' problems


def test_bad_hand_ins_do_not_stop_the_others(read, given, roster):
    """Archives of every bad kind, documents, and nothing at all: each a line of its own, and the rest is marked."""
    tree = canvas_class(
        **{
            "sofialund_4715_90300_hw.zip": zip_link(),
            "nevert_4716_90301_hw.zip": b"PK broken",
            "annelie_4717_90302_hw.rar": b"Rar!",
            "bomb_4718_90303_hw.zip": zipped({"ex5/data.bin": bytes(30 * 2**20)}),
            "up_4719_90304_hw.tar": tarred({"../../up.py": b"x"}, "w:"),
        }
    )
    found = read(given(tree, "zip"), roster)
    assert {key: handin.problem.en.split(".")[0] for key, handin in found.items() if handin.problem} == {
        "annelie_4717": "Nothing of ex5 is in this hand-in",
        "bomb_4718": "hw",
        "s05": "hw",
        "s06": "hw",
        "up_4719": "hw",
    }
    assert "is a link" in found["s05"].problem.en
    assert "damaged" in found["s06"].problem.en
    assert "100 times its size" in found["bomb_4718"].problem.en
    assert "can lead outside" in found["up_4719"].problem.en
    assert sum(handin.folder is not None for handin in found.values()) == 5


def test_bad_members_of_the_class_archive(read, tmp_path):
    """What is bad in the archive of the class is the problem of the student it belongs to, or stands for itself."""
    link = with_members(("class/chen.zip", tarfile.SYMTYPE, "/etc/passwd"))[:512]
    tree = {"class/anna.zip": zipped(), "class/diego.zip": zipped(), "class/../../evil.py": b"x"}
    (tmp_path / "class.tar").write_bytes(link + tarred(tree, "w:"))
    found = read(tmp_path / "class.tar")
    assert list(found) == ["anna", "chen", "diego", "evil"]
    assert (answers(found["anna"]), answers(found["diego"])) == (3, 3)
    assert found["chen"].problem.en.startswith("chen.zip cannot be opened: “class/chen.zip” is a link.")
    assert "can lead outside" in found["evil"].problem.en
    assert not [*tmp_path.rglob("evil.py"), *(place for place in tmp_path.parents if (place / "evil.py").exists())]


def test_pipes_and_links_among_the_hand_ins(read, given, tmp_path, roster):
    """What is no file and no folder is the student's problem; nothing hangs and no link is followed."""
    path = given({"s02.zip": zipped()})
    os.mkfifo(path / "s01.zip")
    os.mkfifo(path / "s04")
    write(tmp_path / "secret", WORK)
    (path / "s03").symlink_to(tmp_path / "secret")
    found = read(path, roster)
    assert answers(found["s02"]) == 3
    assert "not an ordinary file" in found["s01"].problem.en
    assert "not an ordinary file" in found["s04"].problem.en
    assert "links are not followed" in found["s03"].problem.en


def test_what_is_ambiguous_is_kept(read, given, tmp_path):
    """A hand-in that two students could have made is nobody's and says so; both are missing."""
    (tmp_path / "twins.csv").write_text("id,name\n1,Wei Zhang\n2,Zhang Wei\n3,Anna Berg\n")
    twins = read_roster(tmp_path / "twins.csv")
    found = read(given({"zhangwei_11_90210_hw.zip": zipped(), "berganna_12_90211_hw.zip": zipped()}, "zip"), twins)
    assert (found["zhangwei_11"].matched, found["3"].matched) == (False, True)
    assert "not guessed" in found["zhangwei_11"].notes[0].en
    assert [handin.student for handin in twins.missing(found.values())] == ["1", "2"]


# Around the class


@pytest.mark.parametrize("how", ["zip", "tar.gz"])
def test_folders_around_the_hand_ins(read, given, how):
    """Archives often have folders around what counts."""
    tree = {f"Course/Exercise 5/{name}": data for name, data in PLAIN.items()}
    found = read(given(tree, how))
    assert {"Anna_Maria_Berg", "s02", "stranger"} <= set(found)


def test_a_class_of_one(read, given):
    """One student's folder in a folder is a class of one, not a folder around a class."""
    (anna,) = read(given({f"anna/{name}": data for name, data in WORK.items()})).values()
    assert (anna.key, answers(anna)) == ("anna", 3)


def test_a_class_of_one_with_folders(read, given):
    """So is one whose folder holds several."""
    tree = {f"anna/work/{name}": data for name, data in WORK.items()} | {"anna/notes/a.ipynb": b"{}", "roster.csv": b""}
    assert list(read(given(tree))) == ["anna"]


def test_a_class_of_one_with_notebooks(read, given):
    """And one whose folder is a submission with notebooks beside it."""
    tree = {f"anna/{name}": data for name, data in WORK.items()} | {"anna/a.ipynb": b"{}", "anna/b.ipynb": b"{}"}
    assert list(read(given(tree, "zip"))) == ["anna"]


def test_a_folder_beside_a_hand_in_is_one(read, given):
    """A folder is around the class only if nothing lies beside it."""
    tree = {"tom.zip": zipped(), "more/anna.zip": zipped(), "more/diego.zip": zipped()}
    assert list(read(given(tree, "zip"))) == ["more", "tom"]


def test_the_downloaded_archive_in_its_folder(read, given, roster):
    """A folder with nothing but a platform's archive is that archive; with a student's archive, a class of one."""
    found = read(given({"submissions.zip": zipped(canvas_class()), "roster.csv": b""}, name="downloads"), roster)
    assert answers(found["s01"]) == 3
    assert list(read(given({"anna.zip": zipped()}, name="other"))) == ["anna"]
    assert "damaged" in read(given({"anna.zip": b"PK"}, name="third"))["anna"].problem.en


def test_what_lies_among_the_hand_ins(read, given, tmp_path):
    """The workspace and what is to be ignored are no hand-ins."""
    path = given({"anna.zip": zipped(), "old results/x/a.py": b""})
    found = read_handins(path, "ex5", KNOWN, path / "out" / "workspace", ignore=[path / "old results"])
    assert [handin.key for handin in found] == ["anna"]
    again = read_handins(path, "ex5", KNOWN, path / "out" / "workspace", ignore=[path / "old results"])
    assert again == found


def test_reading_twice(read, given):
    """A second reading lays out anew: nothing of the first one is left in a hand-in's folder."""
    path = given({**{f"anna/{name}": data for name, data in WORK.items()}, "diego.zip": zipped()})
    (read(path)["anna"].folder / "ex5" / "left.py").write_text("x = 1\n")
    shutil.rmtree(path / "anna" / "ex5")
    write(path / "anna", {"ex5_1_2_parallel.py": ANSWERS["ex5_1_2_parallel.py"]})
    found = read(path)
    assert answers(found["anna"]) == 1
    assert [file.name for file in found["anna"].folder.rglob("*")] == ["ex5_1_2_parallel.py"]


def test_a_link_to_the_class(read, given, tmp_path):
    """The path itself may be a link, and relative."""
    (tmp_path / "here").symlink_to(given({"anna.zip": zipped(), "diego.zip": zipped()}))
    assert list(read(tmp_path / "here")) == ["anna", "diego"]


def test_the_current_folder(read, given, monkeypatch):
    """The class may be in the current folder."""
    monkeypatch.chdir(given({"ex5-annab/ex5/a.py": b"", "ex5-leiw/ex5_1_2_parallel.py": b"x"}, name="ex5-submissions"))
    found = read(Path("."))
    assert {handin.name for handin in found.values()} == {"annab", "leiw"}


# What is no class


@pytest.mark.parametrize(
    ("tree", "how", "words"),
    [
        ({}, "folder", "is empty"),
        ({".DS_Store": b"", "__MACOSX/x": b""}, "folder", "is empty"),
        ({"a.csv": b""}, "folder", "no hand-ins of ex5"),
        ({"notes.txt": b"", "photos/a.jpg": b"", "music/b.mp3": b""}, "folder", "no hand-ins of ex5.*Canvas, Moodle"),
        (
            WORK,
            "folder",
            r"because \S+/submissions/ex5/ex5_1_1_sequential.py is in no .*grade ex5 --submission \S+/submissions$",
        ),
        (
            {"anna/a.py": b"", "EX5_1_2_parallel.py": b""},
            "folder",
            r"submissions/EX5_1_2_parallel.py is in no student's",
        ),
        (ANSWERS, "folder", "is one student's submission"),
        ({**ANSWERS, "helpers.py": b"", "data/x.py": b""}, "folder", "is one student's submission"),
        (WORK, "zip", "because ex5/ex5_1_1_sequential.py in it is.*Unpack it; then.*: grade ex5 --submission FOLDER"),
        ({}, "zip", "is empty"),
    ],
)
def test_what_is_no_class(read, given, tree, how, words):
    """What cannot be a class's hand-ins says what it is and what to do, in one line."""
    with pytest.raises(UserError, match=words) as raised:
        read(given(tree, how))
    assert "\n" not in str(raised.value)


def test_a_class_with_a_stray_exercise(read, given):
    """The way to mark it as one submission is that of the command, with what was asked for."""
    path = given({f"{name}.py": b"" for name in KNOWN[1:]})
    with pytest.raises(UserError, match=r"ex5_1_2_parallel\.py is in .*: grade ex5\.1\.2 --submission"):
        read(path, target="ex5.1.2")
    with pytest.raises(UserError, match=r": grade ex5\.1\.2 --submission"):
        read(path / "ex5_1_2_parallel.py", target="ex5.1.2")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("anna.py", b"x = 1\n", "one student's file.*grade ex5 --submission"),
        ("anna.ipynb", b"{}", "one student's file"),
        ("class.rar", b"Rar!", "neither a folder of hand-ins nor an archive"),
        ("class.zip", b"Rar!\x1a\x07", "class.zip cannot be opened: it is a RAR file. Download it again."),
        ("class.zip", b"", "cannot be opened: it is empty"),
        ("class.tar.gz", b"\x1f\x8bxx", "cannot be opened: it is damaged"),
    ],
)
def test_files_that_are_no_class(read, tmp_path, name, data, words):
    """So do files."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError, match=words):
        read(tmp_path / name)


def test_paths_that_are_none(read, tmp_path):
    """Nothing there, a link to nothing or to itself, a pipe: one line each."""
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe.zip")
    for name, words in (("none", "There is no"), ("loop", "There is no"), ("pipe.zip", "not an ordinary file")):
        with pytest.raises(UserError, match=words):
            read(tmp_path / name)


def test_the_workspace_is_no_class(tmp_path):
    """What was laid out before is not read as a class."""
    write(tmp_path / "work" / "handins", {"anna/a.py": b""})
    for path in (tmp_path / "work", tmp_path / "work" / "handins"):
        with pytest.raises(UserError, match="lies within"):
            read_handins(path, "ex5", KNOWN, tmp_path / "work")


def test_a_damaged_list_of_gradescope(read, given):
    """Without its list an export has no names; that is said instead of marking strangers."""
    tree = gradescope_class() | {
        "assignment_99_export/submission_metadata.yml": GRADESCOPE_LIST.encode()[:300] + b"\n\t- x"
    }
    with pytest.raises(UserError, match="Download the export from Gradescope again"):
        read(given(tree, "zip"))


def test_a_full_disk(given, tmp_path, monkeypatch):
    """A disk that cannot be written is the batch's error, not a student's."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(intake, "lay_out", full)
    with pytest.raises(UserError, match="cannot be written: No space left on device"):
        read_handins(given({"anna.zip": zipped(), "b.zip": zipped()}), "ex5", KNOWN, tmp_path / "work")


def test_a_workspace_that_is_a_file(given, tmp_path):
    """So is a workspace that cannot be made."""
    (tmp_path / "work").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        read_handins(given({"anna.zip": zipped(), "b.zip": zipped()}), "ex5", KNOWN, tmp_path / "work")


def test_many_hand_ins(read, given, tmp_path):
    """A few hundred hand-ins take seconds, and every one is found."""
    lines = "".join(f"s{number},Person {number:03} Name,,{10_000 + number}\n" for number in range(310))
    (tmp_path / "many.csv").write_text("id,name,email,canvas_id\n" + lines)
    archive = zipped()
    tree = {f"p{number}_{10_000 + number}_{90_000 + number}_hw.zip": archive for number in range(300)}
    started = time.monotonic()
    many = read_roster(tmp_path / "many.csv")
    found = read(given(tree, "zip"), many)
    assert len(found) == 300
    assert all(handin.matched and handin.folder for handin in found.values())
    assert len(many.missing(found.values())) == 10
    assert time.monotonic() - started < 30
