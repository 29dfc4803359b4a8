"""Entries of a folder are put together to hand-ins by what the platforms' names say."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from handins.builders import GRADESCOPE_LIST, KNOWN, canvas_class, github_class, moodle_class, write
from hypothesis import given
from hypothesis import strategies as st

from grader.handins.choosing import choose
from grader.handins.drafts import Draft, Found, drafts_of, list_items
from grader.handins.roster import Roster, Student
from grader.results import Text


@pytest.fixture
def drafts(tmp_path):
    """Returns the hand-ins of a tree of files, by what tells students apart."""

    def read(tree: Mapping[str, bytes], folder: str = "class") -> dict[str, Draft]:
        write(tmp_path / folder, tree)
        found = drafts_of(list_items(tmp_path / folder), folder, "ex5", KNOWN)
        assert len({(draft.platform, draft.person, draft.pieces) for draft in found}) == len(found)
        return {draft.person: draft for draft in found}

    return read


def names(draft: Draft) -> list[str]:
    """Return the student's own names for the pieces of a hand-in."""
    return [piece.name for piece in draft.pieces]


def test_canvas(drafts):
    """A student's files are one hand-in under their own names, with LATE and the number of the resubmission."""
    found = drafts(canvas_class())
    assert list(found) == ["anon_x7Rk2", "4711", "4712", "4714", "4715", "4713"]
    assert all(draft.platform == "canvas" for draft in found.values())
    anna, yu, diego = found["4711"], found["4712"], found["4714"]
    assert (anna.name, anna.number, anna.label, anna.late, anna.attempt) == (
        "berganna",
        "4711",
        "berganna_4711",
        False,
        1,
    )
    assert (names(yu), yu.late, yu.attempt) == (["ex5.tar.gz"], True, 2)
    assert names(diego) == ["ex5_1_1_sequential.py", "ex5_1_2_parallel.py", "my_helpers.py"]
    assert diego.attempt == 3
    assert found["anon_x7Rk2"].late
    assert found["anon_x7Rk2"].notes[0].en == "The platform hides this student's name."


def test_canvas_typed_hand_ins(drafts):
    """What was typed into Canvas is a problem by itself, and nothing beside files."""
    found = drafts(canvas_class(**{"berganna_4711_text.html": b"<p>see the file</p>"}))
    assert "typed into the platform" in found["4715"].problem.en
    assert names(found["4711"]) == ["hw.zip"]
    assert not found["4711"].problem


def test_canvas_resubmissions_side_by_side(drafts):
    """Of two downloads in one folder the later hand-in counts, with its lateness and a note."""
    found = drafts({"berganna_4711_90210_hw.zip": b"1", "berganna_LATE_4711_90999_hw-1.zip": b"2"})
    (anna,) = found.values()
    assert [piece.path.name for piece in anna.pieces] == ["berganna_LATE_4711_90999_hw-1.zip"]
    assert (anna.late, anna.attempt) == (True, 2)
    assert "more than once" in anna.notes[0].en


def test_moodle(drafts):
    """Folders and files of a participant are one hand-in; texts typed in are none."""
    found = drafts(moodle_class())
    assert list(found) == ["1234567", "1234570", "1234572", "1234571", "1234568", "1234569"]
    assert all(draft.platform == "moodle" for draft in found.values())
    lei, diego, hidden = found["1234569"], found["1234570"], found["1234572"]
    assert (lei.name, lei.label, len(lei.pieces), lei.problem) == ("王磊", "王磊_1234569", 1, Text())
    assert names(diego) == ["ex5.tar.gz"]
    assert "typed" in found["1234571"].problem.en
    assert (hidden.name, hidden.who.name, hidden.number) == ("Participant 1234572", "", "1234572")


def test_gradescope(drafts):
    """Each student of a pair has a hand-in; a folder without students and a student without a folder are there too."""
    found = drafts(
        {
            "submission_metadata.yml": GRADESCOPE_LIST.encode(),
            "submission_345678/a.py": b"",
            "submission_345679/a.py": b"",
            "submission_999/a.py": b"",
        }
    )
    assert list(found) == [
        "anna@uni.example",
        "yu@uni.example",
        "lei@uni.example",
        "submission_345680",
        "submission_999",
    ]
    yu, lei = found["yu@uni.example"], found["lei@uni.example"]
    assert yu.pieces == lei.pieces
    assert (yu.who.sid, yu.attempt, lei.label) == ("0675", 2, "王磊_0676")
    assert yu.notes == (Text("Handed in together with 王磊.", "与王磊共同提交。"),)
    assert "submission_345680 is not in the export" in found["submission_345680"].problem.en
    assert found["submission_999"].name == "submission_999"


def test_gradescope_without_its_list(drafts):
    """Folders of Gradescope's without the list are hand-ins with the folder's name."""
    found = drafts({"submission_345678/a.py": b"", "submission_345679/a.py": b""})
    assert [(draft.platform, draft.name) for draft in found.values()] == [
        ("gradescope", "submission_345678"),
        ("gradescope", "submission_345679"),
    ]


def test_github(drafts):
    """Clones are hand-ins of the accounts that their names end in."""
    found = drafts(github_class())
    assert {draft.name: draft.who.accounts for draft in found.values()} == {
        "annab": ("annab", "builders-annab"),
        "chen-yu": ("chen-yu", "builders-chen-yu"),
        "leiwang-1": ("leiwang-1", "builders-leiwang-1", "leiwang", "builders-leiwang"),
    }
    assert {draft.label for draft in found.values()} >= {"ex5-builders-annab"}
    assert all(draft.platform == "github" for draft in found.values())


def test_github_by_the_folder_of_its_tool(drafts):
    """GitHub's own tool names the folder after the assignment; then no repository is needed to see it."""
    found = drafts({"guide-annab/ex5/a.py": b"", "guide-chen-yu/ex5/a.py": b""}, "guide-submissions")
    assert {(draft.platform, draft.name) for draft in found.values()} == {("github", "annab"), ("github", "chen-yu")}


def test_a_plain_folder(drafts):
    """Every folder, archive, notebook or program is a student's; lists and junk are nobody's."""
    found = drafts(
        {
            "Anna Berg/ex5/a.py": b"",
            "王磊.zip": b"",
            "diego.tar.gz": b"",
            "yu.ipynb": b"",
            "sofia.md": b"",
            "tom.py": b"",
            "kim.pdf": b"",
            "grades.csv": b"",
            "README.md": b"",
            ".DS_Store": b"",
            "__MACOSX/x": b"",
            "Thumbs.db": b"",
        }
    )
    assert {draft.name for draft in found.values()} == {"Anna Berg", "王磊", "diego", "yu", "sofia", "tom", "kim"}
    assert all(draft.platform == "folder" for draft in found.values())


def test_one_file_for_each_exercise(drafts):
    """Programs named after an exercise and a student are put together by student."""
    found = drafts(
        {
            "anna_ex5_1_1_sequential.py": b"",
            "anna_ex5_1_2_parallel.py": b"",
            "ex5_1_2_parallel-王磊.py": b"",
        }
    )
    assert {draft.name: names(draft) for draft in found.values()} == {
        "anna": ["ex5_1_1_sequential.py", "ex5_1_2_parallel.py"],
        "王磊": ["ex5_1_2_parallel.py"],
    }


def test_a_second_download_is_a_later_attempt(tmp_path):
    """Browsers number downloads of the same name; other numbers are parts of names."""
    tree = {"anna.zip": b"", "anna (1).zip": b"", "group-1.zip": b"", "group-2.zip": b""}
    found = drafts_of(list_items(write(tmp_path, tree)), "class", "ex5", KNOWN)
    assert sorted((draft.person, draft.attempt) for draft in found) == [
        ("anna", 1),
        ("anna", 2),
        ("group-1", 1),
        ("group-2", 1),
    ]


def test_platforms_side_by_side(drafts):
    """A hand-in that came by mail lies beside those of a platform."""
    found = drafts({"berganna_4711_90210_hw.zip": b"", "Yu Chen.zip": b"", "Lei_12_assignsubmission_file_/a.py": b""})
    assert {(draft.platform, draft.name) for draft in found.values()} == {
        ("canvas", "berganna"),
        ("folder", "Yu Chen"),
        ("moodle", "Lei"),
    }


def test_what_stayed_in_the_archive():
    """An entry that could not be unpacked is a hand-in like the others, with its problem."""
    why = Text("“a” is a link", "“a”是链接")
    (draft,) = drafts_of([Found(Path("/x/refused"), "berganna_4711_90210_hw.zip", False, why)], "class", "ex5", KNOWN)
    assert (draft.name, draft.pieces[0].name, draft.pieces[0].problem) == ("berganna", "hw.zip", why)


def test_what_is_to_be_skipped(tmp_path):
    """The folder for the results and the roster are no hand-ins, wherever in the folder they are."""
    write(tmp_path, {"anna/a.py": b"", "out/deep/results.txt": b"", "names.txt": b""})
    skip = [tmp_path / "out" / "deep", tmp_path / "names.txt", tmp_path.parent / "anna"]
    assert [item.name for item in list_items(tmp_path, skip)] == ["anna"]


def test_names_in_other_encodings(tmp_path):
    """A name in the bytes of Chinese Windows is read as one."""
    os.mkdir(os.fsencode(tmp_path) + "/王磊".encode("gbk"))
    (item,) = list_items(tmp_path)
    assert item.name == "王磊"
    assert item.path.is_dir()


PARTS = ["berg", "LATE", "4711", "_", "-", " ", "1", "anon", "assignsubmission", "file", "onlinetext", "submission"]
PARTS += [
    "ex5",
    "ex5_1_2_parallel",
    ".py",
    ".zip",
    ".tar.gz",
    ".html",
    "text",
    "(1)",
    "王磊",
    "ſ",
    "İ",
    "\ud800",
    ",",
    "'",
]
NAMES = (
    st.lists(st.sampled_from(PARTS) | st.text(max_size=4), max_size=8).map("".join).map(lambda s: s.replace("/", ""))
)


@given(names=st.lists(NAMES, max_size=8, unique=True), folders=st.lists(st.booleans(), min_size=8, max_size=8))
def test_any_names(names, folders):
    """Whatever the names, every entry is in a hand-in or lies beside them, and every hand-in has a key of its own."""
    items = [Found(Path("/none") / f"{n}", name, folders[n]) for n, name in enumerate(names) if name.strip(".")]
    found = drafts_of(items, "class", "ex5", KNOWN)
    pieces = [piece.path for draft in found for piece in draft.pieces]
    assert len(pieces) == len(set(pieces))
    assert set(pieces) <= {item.path for item in items}
    roster = Roster((Student("s1", "Anna Berg", "s1", canvas_id="4711"), Student("s2", "王磊", "s2", github="1")))
    for listed in (None, roster):
        keys = [one.key.casefold() for one in choose(found, listed, "ex5")]
        assert len(keys) == len(set(keys))
