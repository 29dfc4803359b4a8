"""Hand-ins with notebooks and Markdown files are found in every shape, and what cannot be read is told in one line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from notebook_files import markdown, notebook
from support import ROOT

from grader.catalogue import load_assignment
from grader.notebooks import jupyter
from grader.notebooks.cell import MAX_CODE
from grader.submission import Source, Submission, SubmissionError, find_submission, find_work
from grader.template.notebooks import notebook_template

NAMES = ["ex5_1_1_a", "ex5_1_2_b", "ex5_2_1_c"]
STUBS = {
    "ex5_1_1_a": "class A:\n    def f(self):\n        raise NotImplementedError\n",
    "ex5_1_2_b": "B: int = ...\n",
    "ex5_2_1_c": "def c():\n    raise NotImplementedError\n",
}
TEMPLATE = ROOT / "student_template"


@pytest.fixture
def template(tmp_path) -> Path:
    """The stubs that students got."""
    folder = tmp_path / "template" / "ex5"
    folder.mkdir(parents=True)
    for name, text in STUBS.items():
        (folder / f"{name}.py").write_text(text)
    return folder


@pytest.fixture
def alice(tmp_path) -> Path:
    """An empty folder for a hand-in."""
    folder = tmp_path / "alice"
    folder.mkdir()
    return folder


def find(path: Path, names: list[str] | None = None, template: Path | None = None) -> Submission:
    """Find a submission of the assignment ex5."""
    return find_submission(path, "ex5", names or NAMES, NAMES, template=template)


def write(path: Path, data: bytes | str) -> Path:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def cells(source: Source) -> list[str]:
    """Return the texts of a source's cells."""
    return [source.text_of(cell) for cell in source.cells]


# One file


@pytest.mark.parametrize("name", ["hw.ipynb", "hw.md", "HW.IPYNB", "README.md"])
def test_one_file(alice, name):
    """A notebook or Markdown file alone is a hand-in of all exercises, with the name of the file."""
    make = markdown if name.lower().endswith("md") else notebook
    found = find(write(alice / name, make("x = 1", "y = 2")))
    assert found.name == name[: name.index(".")]
    assert list(found.sources) == NAMES
    assert all(cells(source) == ["x = 1", "y = 2"] for source in found.sources.values())
    assert {source.file for source in found.sources.values()} == {name}


def test_one_file_has_the_modules_beside_it(alice):
    """A notebook imports what is beside it, also the exercises' own files."""
    for name in ("util.py", "ex5_1_1_a.py", "not-one.py"):
        write(alice / name, "x = 1")
    found = find(write(alice / "hw.ipynb", notebook("import util")))
    assert set(found.sources["ex5_1_2_b"].helpers) == {"util.py", "ex5_1_1_a.py"}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("hw.ipynb", b"", "hw.ipynb is not a notebook: it is empty"),
        ("hw.ipynb", b"{", "hw.ipynb is not a notebook: it is not JSON"),
        ("hw.ipynb", notebook(), "hw.ipynb has no code cells."),
        ("hw.ipynb", notebook(" \n"), "hw.ipynb has no code cells."),
        ("hw.md", b"", "hw.md has no Python code. Put it between"),
        ("hw.md", b"```\nx = 1\n```", "hw.md has no Python code: its blocks do not say that they are Python"),
        ("hw.md", b"\n" * 20_000, "hw.md has more than 10000 lines."),
        ("hw.txt", b"x", "neither a folder nor a .py file, a notebook (.ipynb) or a Markdown file (.md)"),
        ("a\nb.ipynb", b"", "a�b.ipynb is not a notebook"),
    ],
)  # fmt: skip
def test_one_file_that_cannot_be_marked(alice, name, data, words):
    """A single file without readable code is refused in one line, in both languages."""
    with pytest.raises(SubmissionError) as caught:
        find(write(alice / name, data))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert any("\u4e00" <= character <= "\u9fff" for character in caught.value.text.zh)


def test_one_file_that_is_too_large(alice):
    """A notebook over the limit is not read."""
    path = alice / "hw.ipynb"
    with path.open("wb") as out:
        out.truncate(jupyter.MAX_BYTES + 1)
    with pytest.raises(SubmissionError, match=r"^hw.ipynb is larger than 10 MiB\.$"):
        find(path)


def test_a_link_out_of_the_folder_is_not_followed(alice, tmp_path):
    """A notebook that is a link to somebody else's is not read, alone or in a folder."""
    write(tmp_path / "bob.ipynb", notebook("secret = 1"))
    (alice / "hw.ipynb").symlink_to(tmp_path / "bob.ipynb")
    for path in (alice, alice / "hw.ipynb"):
        with pytest.raises(SubmissionError, match="is a link to something outside the submission"):
            find(path)


# Folders


@pytest.mark.parametrize("where", [".", "ex5"])
def test_a_folder_with_a_notebook(alice, where):
    """A folder with a notebook, or its ex5 folder with one, is a hand-in of the folder's name."""
    write(alice / where / "hw.ipynb", notebook("x = 1"))
    found = find(alice)
    assert found.name == "alice"
    shown = "hw.ipynb" if where == "." else "ex5/hw.ipynb"
    assert {source.file for source in found.sources.values()} == {shown}
    assert found.sources["ex5_1_1_a"].cells[0].file == shown
    if where == "ex5":
        assert find(alice / "ex5").name == "alice"


def test_a_notebook_beside_the_exercises_folder(alice):
    """Where ex5 has no notebook, one in the folder around it is taken."""
    write(alice / "ex5" / "ex5_1_1_a.py", "a = 1")
    write(alice / "hw.ipynb", notebook("B = 1"))
    found = find(alice)
    assert found.sources["ex5_1_1_a"].file == "ex5/ex5_1_1_a.py"
    assert found.sources["ex5_1_2_b"].file == "hw.ipynb"
    write(alice / "ex5" / "inner.ipynb", notebook("B = 2"))
    assert find(alice).sources["ex5_1_2_b"].file == "ex5/inner.ipynb"


def test_what_is_no_notebook_of_the_students(alice):
    """READMEs, hidden files, files without code and those in other folders are not looked at."""
    write(alice / "hw.ipynb", notebook("x = 1"))
    for name in ("README.md", "readme.zh.md", "README_old.md", "LICENSE.md", ".hidden.md", "words.md"):
        write(alice / name, "only words" if name == "words.md" else markdown("y = 2"))
    write(alice / ".ipynb_checkpoints" / "hw-checkpoint.ipynb", notebook("y = 2"))
    write(alice / "more" / "other.ipynb", notebook("y = 2"))
    write(alice / "empty.ipynb", notebook())
    assert cells(find(alice).sources["ex5_1_1_a"]) == ["x = 1"]


def test_sections_and_notes(alice, template):
    """Notebooks of sections and Markdown notes serve the exercises that they define."""
    write(alice / "layers.ipynb", notebook("class A: pass"))
    write(alice / "notes.md", markdown("B = 1"))
    write(alice / "ex5_2.ipynb", notebook("x = 1"))
    found = find(alice, template=template)
    files = [found.sources[name].file for name in NAMES]
    assert files == ["layers.ipynb", "notes.md", "ex5_2.ipynb"]


def test_ids_that_are_not_in_names(alice):
    """Where an exercise's number is not in its name, markers and files go by the number that is given."""
    write(alice / "a.ipynb", notebook("# grade: 7.1\nx = 1"))
    write(alice / "b.ipynb", notebook("# grade: 7.2\nx = 2"))
    ids = dict(zip(NAMES, ("7.1", "7.2", "7.3"), strict=True))
    found = find_submission(alice, "ex5", NAMES, NAMES, ids)
    assert [found.sources[name].file for name in NAMES] == ["a.ipynb", "b.ipynb", "a.ipynb, b.ipynb"]


# Notebooks beside Python files


def test_a_python_file_wins(alice, template):
    """An exercise's own file is marked, with a note if a notebook has it too; the others come from the notebook."""
    write(alice / "ex5_1_1_a.py", "class A: pass")
    write(alice / "hw.ipynb", notebook("class A: pass", "B = 1"))
    found = find(alice, template=template)
    own = found.sources["ex5_1_1_a"]
    assert (own.file, own.cells, own.helpers) == ("ex5_1_1_a.py", (), {})
    (note,) = own.notes
    assert note.en == "ex5_1_1_a.py was marked; hw.ipynb, which has this exercise too, was not looked at."
    assert "hw.ipynb" in note.zh
    assert found.sources["ex5_1_2_b"].file == "hw.ipynb"
    assert found.sources["ex5_1_2_b"].notes == ()


def test_a_notebook_that_does_not_have_it_is_not_told(alice, template):
    """A notebook about something else adds no note to an exercise with a file of its own."""
    for name in NAMES:
        write(alice / f"{name}.py", "x = 1")
    plain = find(alice, template=template)
    write(alice / "hw.ipynb", notebook("x = 1"))
    write(alice / "notes.md", markdown("y = 1"))
    assert find(alice, template=template) == plain


def test_a_stub_that_nobody_touched_yields(alice, template):
    """A notebook with the answer goes before a file that is still the stub, and says so; a stub alone stays."""
    for name, text in STUBS.items():
        write(alice / "ex5" / f"{name}.py", text.replace("\n", "\r\n"))
    write(alice / "answers.ipynb", notebook("class A: pass"))
    found = find(alice, template=template)
    assert found.sources["ex5_1_1_a"].file == "answers.ipynb"
    (note,) = found.sources["ex5_1_1_a"].notes
    assert note.en == "ex5/ex5_1_1_a.py is as it was given out, so answers.ipynb was marked."
    assert "没有改动" in note.zh
    assert found.sources["ex5_1_2_b"].file == "ex5/ex5_1_2_b.py"
    assert found.sources["ex5_1_2_b"].notes == ()
    assert find(alice).sources["ex5_1_1_a"].file == "ex5/ex5_1_1_a.py"


def test_a_notebook_that_was_given_out_is_not_looked_at(alice, template):
    """A notebook that equals one of the template is the course's, not the student's."""
    write(template / "example.ipynb", notebook("class A: pass"))
    write(template.parent / "intro.md", markdown("class A: pass"))
    write(alice / "example.ipynb", (template / "example.ipynb").read_bytes())
    write(alice / "intro.md", (template.parent / "intro.md").read_bytes())
    with pytest.raises(SubmissionError, match="No submission"):
        find(alice, template=template)
    write(alice / "hw.ipynb", notebook("x = 1"))
    assert find(alice, template=template).sources["ex5_1_1_a"].file == "hw.ipynb"


def test_the_templates_own_notebooks(alice):
    """Of the notebooks that `grade new` writes, each exercise's cell is found by its marker, answered or not."""
    assignment = load_assignment(ROOT / "exercises" / "ex5")
    names = [exercise.name for exercise in assignment.exercises]
    for file in notebook_template(ROOT / "exercises", "en").files:
        if file.path.suffix == ".ipynb":
            data = file.data.replace(b'raise NotImplementedError(\\"run both nets', b'print(\\"run both nets')
            write(alice / file.path, data)
    found = find_work(alice, assignment, names)
    for exercise in assignment.exercises:
        source = found.sources[exercise.name]
        assert source.file == f"ex5/ex5_{exercise.id.split('.')[1]}.ipynb"
        (own,) = [text for text in cells(source) if text.startswith(f"# grade: {exercise.id}\n")]
        assert ("NotImplementedError" in own) is True
        assert source.notes == ()
    # Its own cell is bound to it, and those of the other exercises of the section are not.
    section = [exercise.name for exercise in assignment.exercises if exercise.id.startswith("5.1.")]
    ranks = [cell.rank for cell in found.sources["ex5_1_2_parallel"].cells]
    assert ranks == [2 if name == "ex5_1_2_parallel" else 0 for name in section]


# What cannot be read


def test_a_broken_notebook_among_others(alice):
    """A notebook that cannot be read is told in a note where another serves, and stops nothing."""
    write(alice / "broken.ipynb", b"{")
    write(alice / "hw.ipynb", notebook("x = 1"))
    source = find(alice).sources["ex5_1_1_a"]
    assert cells(source) == ["x = 1"]
    assert [note.en for note in source.notes] == [
        "broken.ipynb is not a notebook: it is not JSON (line 1). Open it in Jupyter and save it again."
    ]


def test_nothing_but_a_broken_notebook(alice):
    """A hand-in of one broken notebook is refused with what is wrong with it."""
    write(alice / "hw.ipynb", b"[]")
    with pytest.raises(SubmissionError, match="hw.ipynb is not a notebook: it is some other JSON") as caught:
        find(alice)
    assert "不是 Jupyter 笔记本" in caught.value.text.zh


def test_a_broken_notebook_beside_python_files(alice):
    """Exercises without a file of their own are missing for the reason that their notebook cannot be read."""
    write(alice / "ex5_1_1_a.py", "a = 1")
    write(alice / "hw.ipynb", b"[]")
    found = find(alice)
    assert found.sources["ex5_1_1_a"].data == b"a = 1"
    missing = found.sources["ex5_1_2_b"]
    assert missing.data is None
    assert missing.problem.en.startswith("hw.ipynb is not a notebook")
    assert missing.problem.zh.startswith("hw.ipynb 不是 Jupyter 笔记本")


def test_all_notebooks_together_are_limited(alice, monkeypatch):
    """Files beyond the limits on all of them together are left out, with a note."""
    half = "x = '" + "x" * (MAX_CODE // 2) + "'"
    for name in "abc":
        write(alice / f"{name}.ipynb", notebook(half))
    found = find(alice).sources["ex5_1_1_a"]
    assert len(found.cells) == 1
    assert [note.en for note in found.notes] == [
        "b.ipynb was left out: there is too much before it.", "c.ipynb was left out: there is too much before it.",
    ]  # fmt: skip
    monkeypatch.setattr("grader.submission.finding.MAX_NOTEBOOK_BYTES", MAX_CODE)
    assert len(find(alice).sources["ex5_1_1_a"].cells) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_odd_files_are_not_opened(alice):
    """A FIFO or folder with a notebook's name does not stop the others."""
    os.mkfifo(alice / "a.ipynb")
    (alice / "b.ipynb").mkdir()
    (alice / "c.md").symlink_to("nowhere")
    write(alice / "hw.ipynb", notebook("x = 1"))
    source = find(alice).sources["ex5_1_1_a"]
    assert cells(source) == ["x = 1"]
    assert [note.en for note in source.notes] == [
        "a.ipynb is not a file.", "b.ipynb is not a file.", "c.md is a link to nothing.",
    ]  # fmt: skip


def test_an_assignments_own_stubs_are_found():
    """find_work knows the numbers of an assignment's exercises and their stubs."""
    assignment = load_assignment(ROOT / "exercises" / "ex5")
    found = find_work(TEMPLATE, assignment, ["ex5_1_2_parallel"])
    assert list(found.sources) == ["ex5_1_2_parallel"]
    assert found.sources["ex5_1_2_parallel"].data is not None
