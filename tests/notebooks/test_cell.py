"""Cells say which exercises they are for and what they define, as far as their text tells."""

from __future__ import annotations

import pytest

from grader.notebooks.cell import MAX_CELLS, MAX_CODE, MAX_MARKS, Cell, NotebookError, numbered


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("# grade: 5.1.2\nx = 1", ("5.1.2",)),
        ("#grade:5.1.2", ("5.1.2",)),
        ("x = 1\n    # Grade : 5.1.2  ", ("5.1.2",)),
        ("# grade: 5.1.1, 5.1.2; ex5_1_3_repeat\t5.2", ("5.1.1", "5.1.2", "ex5_1_3_repeat", "5.2")),
        ("# grade：5.1.1、5.1.2，5.1.3", ("5.1.1", "5.1.2", "5.1.3")),
        ("%%time\n## grade: 5.1\n# grade: 5.2", ("5.1", "5.2")),
        ("# upgrade: 5.1.2\n# grade 5.1.2\nx = '# grade: 5.1.2'", ()),
        ("x = 1  # grade: 5.1.2", ()),
        ("# grade:", ()),
        ("", ()),
    ],
)
def test_markers(text, marks):
    """A comment line of its own ties a cell to exercises, in any of the forms that people write."""
    assert Cell(1, text).marks() == marks


def test_markers_are_limited():
    """A cell with thousands of markers is not looked at in full."""
    assert len(Cell(1, "# grade: " + "1 " * 5000).marks()) == MAX_MARKS
    assert len(Cell(1, "# grade: 1\n" * 5000).marks()) == MAX_MARKS


def test_a_cell_without_its_markers():
    """The text without markers is what a stub is compared with."""
    assert Cell(1, '# grade: 5.1.2\n"""Stub."""\nx = 1\n# grade: 5').unmarked() == '"""Stub."""\nx = 1'


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("class A:\n    def f(self): pass\n    x = 1", {"A"}),
        ("def f(): pass\nasync  def g(): pass", {"f", "g"}),
        ("x = 1\ny: int = 2\nz: dict[str, int] = {}\nw =3", {"x", "y", "z", "w"}),
        ("x == 1\nx.y = 2\nx[0] = 1\nf(a=1)\n# x = 1\nprint(x)", set()),
        ("类 = 1", {"类"}),
    ],
)
def test_definitions(text, names):
    """Names at the top of a cell are found: classes, functions and variables; nothing else is."""
    assert Cell(1, text).defines() == names


def test_blank_cells_have_no_number():
    """As in Jupyter, a blank cell is not run and not counted; a comment is."""
    cells = numbered([("x = 1\n", None), ("  \n\t", None), ("", None), ("# only words", None), ("y = 2", 30)])
    assert [(cell.number, cell.text, cell.line) for cell in cells] == [
        (1, "x = 1", None), (2, "# only words", None), (3, "y = 2", 30),
    ]  # fmt: skip


def test_line_ends_are_made_alike():
    """Windows and old Mac line ends become line feeds; half characters become question marks."""
    (cell,) = numbered([("a\r\nb\rc\n\n\ud800\n", None)])
    assert cell.text == "a\nb\nc\n\n?"


@pytest.mark.parametrize("texts", [[("x", None)] * (MAX_CELLS + 1), [("x" * MAX_CODE, None), ("y", None)]])
def test_cells_are_limited(texts):
    """More cells, or more code, than anyone writes are refused in one line."""
    with pytest.raises(NotebookError) as caught:
        numbered(texts)
    assert "more than" in str(caught.value)
    assert "\n" not in caught.value.text.zh
    assert caught.value.text.zh


@pytest.mark.parametrize("text", ["#" * MAX_CODE, "a" * MAX_CODE, "a" + " " * MAX_CODE, "# grade: " + "5." * 10**6])
def test_text_made_to_be_slow_is_not(text):
    """Looking for markers and names takes a time that grows with the text, not with its square."""
    cell = Cell(1, text)
    assert cell.defines() == set()
    assert len(cell.marks()) <= MAX_MARKS
    assert cell.unmarked() is not None
