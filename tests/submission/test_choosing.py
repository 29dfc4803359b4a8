"""Among notebooks, each exercise is found where it is; in a notebook, each cell counts for what it is marked for."""

from __future__ import annotations

import pytest

from grader.notebooks.cell import Cell
from grader.submission.choosing import CellFile, choose, in_order, source
from grader.submission.contract import Contract
from grader.submission.source import COMMON, OTHERS, OWN, Source

STUB = b'"""Exercise 5.1.1."""\nclass First:\n    raise NotImplementedError\n'
FIRST = Contract("ex5_1_1_first", (5, 1, 1), frozenset({"First", "FirstToo"}), frozenset({"Given"}), STUB)
SECOND = Contract("ex5_1_2_second", (5, 1, 2), frozenset({"Second"}))
THIRD = Contract("ex5_2_1_third", (5, 2, 1), frozenset({"third"}))
ALL = [FIRST, SECOND, THIRD]


def file(name: str, *texts: str) -> CellFile:
    """Return a file with cells."""
    return CellFile(name, tuple(Cell(number, text) for number, text in enumerate(texts, 1)))


def names(exercise: Contract, *files: CellFile) -> list[str]:
    """Return the names of the files in which an exercise is."""
    return [found.name for found in choose(exercise, list(files))]


def bare(exercise: Contract) -> Contract:
    """Return an exercise of which no stub is known."""
    return Contract(exercise.name, exercise.number)


# Files


def test_files_go_by_name():
    """Numbers in names are compared as numbers, letters without regard to case."""
    wanted = ["ex5_1.ipynb", "Ex5_2.ipynb", "ex5_10.ipynb", "notes.md", "Z.md"]
    assert sorted(set(wanted), key=in_order) == wanted
    assert sorted(["٣.md", "3.md", "²", "", "a" * 300], key=in_order)


def test_a_chapter_notebook_holds_everything():
    """One file holds every exercise, whatever its name and whether or not it defines it."""
    chapter = file("hw.ipynb", "class First: pass", "third = 1")
    for exercise in (*ALL, *map(bare, ALL)):
        assert names(exercise, chapter) == ["hw.ipynb"]


def test_the_file_that_defines_it():
    """Among files of any name, an exercise is in the one that defines most of what is to be written."""
    files = [file("a.ipynb", "Second = 1"), file("b.ipynb", "class First: pass\nGiven = 1"), file("c.md", "third = 1")]
    assert [names(exercise, *files) for exercise in ALL] == [["b.ipynb"], ["a.ipynb"], ["c.md"]]


def test_what_is_given_says_little():
    """A name that the stub gives does not draw an exercise to a file; between equals it does."""
    assert names(FIRST, file("a.ipynb", "First = FirstToo = 1"), file("b.ipynb", "Given = 1\nx = 1")) == [
        "b.ipynb", "a.ipynb",
    ]  # fmt: skip
    whole = file("a.ipynb", "First = 1\nFirstToo = 1\nGiven = 1")
    assert names(FIRST, whole, file("b.ipynb", "First = 2")) == ["a.ipynb"]
    same = [whole, file("b.ipynb", "First = 1\nFirstToo = 1")]
    assert names(FIRST, *same) == ["a.ipynb"]


def test_equals_go_by_section_then_by_order():
    """A name that two files define is taken from the one named for its section, else from the last."""
    one, two = file("ex5_1.ipynb", "class Second: pass"), file("ex5_2.ipynb", "class Second: pass")
    assert names(SECOND, one, two) == ["ex5_1.ipynb"]
    assert names(SECOND, file("draft.ipynb", "Second = 1"), file("final.ipynb", "Second = 2")) == ["final.ipynb"]


def test_an_answer_in_two_files():
    """Names that the chosen file lacks come from the others, which run before it."""
    files = [file("a.ipynb", "class First: pass"), file("b.ipynb", "def FirstToo(): pass"), file("c.ipynb", "x = 1")]
    assert names(FIRST, *files) == ["a.ipynb", "b.ipynb"]
    assert names(FIRST, *reversed(files)) == ["b.ipynb", "a.ipynb"]


def test_a_marker_goes_before_names():
    """A cell tied to the exercise draws it to its file, whatever others define."""
    files = [file("ex5_1.ipynb", "class First: pass"), file("x.md", "# grade: 5.1.1\nfrom b import First, FirstToo")]
    assert names(FIRST, *files)[-1] == "x.md"
    assert names(bare(FIRST), *files) == ["x.md"]
    both = [file("a.md", "# grade: 5.1.1\nFirst = 1"), file("b.md", "# grade: ex5_1_1_first\nFirstToo = 1")]
    assert names(FIRST, *both) == ["a.md", "b.md"]


def test_where_nothing_is_defined_names_of_files_tell():
    """A file named for the exercise, or else for its section, holds it; another section's does not."""
    files = [file("5.1 blocks.ipynb", "x"), file("5.2.ipynb", "y"), file("ex5_1_2.ipynb", "z"), file("notes.md", "w")]
    for make in (bare, lambda exercise: exercise):
        assert [names(make(exercise), *files) for exercise in ALL] == [
            ["5.1 blocks.ipynb"], ["ex5_1_2.ipynb"], ["5.2.ipynb"],
        ]  # fmt: skip


def test_where_nothing_tells_all_files_run():
    """Files of any name that define nothing known run one after the other."""
    files = [file("a.ipynb", "x"), file("b.md", "y")]
    assert names(SECOND, *files) == names(bare(SECOND), *files) == ["a.ipynb", "b.md"]


def test_an_untouched_stub_says_nothing():
    """A cell that is still the stub draws no exercise to its file; where there is nothing else it is taken."""
    template = file("ex5_1.ipynb", f"# grade: 5.1.1\n{STUB.decode()}")
    work = file("a.ipynb", "class First: pass\nclass FirstToo: pass")
    assert names(FIRST, template, work) == names(FIRST, work, template) == ["a.ipynb"]
    assert names(FIRST, template, file("b.ipynb", "x")) == ["ex5_1.ipynb"]
    assert not template.claims(FIRST)
    assert work.claims(FIRST)
    assert not work.claims(SECOND)
    changed = file("ex5_1.ipynb", f"# grade: 5.1.1\n{STUB.decode()}# done")
    assert names(FIRST, changed, work) == ["a.ipynb", "ex5_1.ipynb"]


# The source


def made(exercise: Contract, *files: CellFile) -> Source:
    """Return the source of an exercise."""
    return source(exercise, list(files), ALL, {"util.py": b"#"})


def test_a_source_has_all_cells_at_their_lines():
    """The text of a source holds every cell as it is, where the cell's place says."""
    found = made(FIRST, file("hw.ipynb", "class First:\n    pass", "# coding: gbk\n'你好'", "x"))
    assert (found.module, found.file, found.helpers) == ("ex5_1_1_first", "hw.ipynb", {"util.py": b"#"})
    assert [found.text_of(cell) for cell in found.cells] == ["class First:\n    pass", "# coding: gbk\n'你好'", "x"]
    assert [(cell.number, cell.file) for cell in found.cells] == [(1, "hw.ipynb"), (2, "hw.ipynb"), (3, "hw.ipynb")]
    assert found.line_of("First") == found.cells[0].first
    assert found.data is not None
    assert found.data.decode().splitlines()[0] == "# coding: utf-8"
    assert found.notes == ()


def test_the_files_of_a_source():
    """A source from several files names them, up to three."""
    files = [file(f"{name}.md", "x") for name in "abcde"]
    assert made(SECOND, *files[:2]).file == "a.md, b.md"
    assert made(SECOND, *files).file == "a.md, b.md, c.md, …"
    assert [cell.file for cell in made(SECOND, *files).cells] == [f"{name}.md" for name in "abcde"]


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("x = 1", [COMMON, COMMON, COMMON]),
        ("# grade: 5.1.1", [OWN, OTHERS, OTHERS]),
        ("# grade: 5.1", [OWN, OWN, OTHERS]),
        ("# grade: 5.1.2, 5.2.1", [OTHERS, OWN, OWN]),
        ("# grade: 5.1.2\n# grade: 5.1.1", [OWN, OWN, OTHERS]),
        ("# grade: 9.9", [COMMON, COMMON, COMMON]),
        ("# grade: 9.9, 5.1.1", [OWN, OTHERS, OTHERS]),
        (f"# grade: 5.1.1\n{STUB.decode()}", [OTHERS, OTHERS, OTHERS]),
    ],
)
def test_ranks_of_cells(text, ranks):
    """A marker ties a cell to the exercises that it means, and takes it from the others; a strange one does nothing."""
    assert [made(exercise, file("a.md", text)).cells[0].rank for exercise in ALL] == ranks


def test_the_definition_that_counts_is_shown():
    """Of several definitions of a name, the place is that of the last one with the highest rank."""
    others = "# grade: 5.2\nSecond = 4"
    found = made(SECOND, file("a.md", "Second = 1", "# grade: 5.1.2\nSecond = 2", "Second = 3", others))
    line = found.line_of("Second")
    assert line is not None
    assert found.cell_at(line) == found.cells[1]
    found = made(SECOND, file("a.md", "Second = 1", "Second = 3", others))
    line = found.line_of("Second")
    assert line is not None
    assert found.cell_at(line) == found.cells[1]


def test_strange_markers_are_told():
    """Markers that mean no exercise are in a note, with their cells, in both languages."""
    (note,) = made(FIRST, file("hw.ipynb", "x", "# grade: 9.9 5.1.x", "# grade: 5.1.1, nonsense")).notes
    assert note.en == "Markers that mean no exercise here: “9.9 5.1.x” (cell 2 of hw.ipynb)."
    assert "第 2 个单元格" in note.zh
    (note,) = made(FIRST, file("hw.ipynb", *["# grade: \x1b[31m" + "x" * 999] * 99)).notes
    assert len(note.en) < 500
    assert note.en.isprintable()


@pytest.mark.parametrize(
    ("cell", "line", "place"),
    [(None, 5, ("hw.ipynb, cell 2", 2)), (40, 5, ("hw.ipynb", 41))],
)
def test_places_of_lines(cell, line, place):
    """A line in a notebook is shown by its cell, one in a Markdown file by its line there."""
    found = made(SECOND, CellFile("hw.ipynb", (Cell(1, "a"), Cell(2, "b\nc", cell))))
    second = found.cells[1]
    assert second.place(second.first + 1) == place
    assert not second.holds(second.first - 1)
    assert not second.holds(second.first + 2)
    assert found.cell_at(1) is None
