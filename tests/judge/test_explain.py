"""Every outcome has a status that puts the blame right, and words in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from torch.testing import assert_close

from grader.judge.explain import Comparison, at, from_exception, from_fault, grader_error
from grader.results import Location, Status, Text
from grader.sandbox.faults import CellFault, told
from grader.sandbox.session import Fault, Frame
from grader.submission import Source, SourceCell

CODE = b"""import torch

class Parallel(torch.nn.Module):
    def __init__(self, a, b):
        super().__init__()

    def forward(self, x):
        return x + 1

def helper():
    pass
"""
SOURCE = Source("ex", "ex5/ex.py", CODE)


def chinese(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def caught(call: Any, *args: Any) -> BaseException:
    """Return what a call raises."""
    try:
        call(*args)
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


# Faults of the student's code


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (told(Status.MISSING, "MissingFile", Text("ex.py is not there", "没有 ex.py")), "is not there"),
        (Fault(Status.MISSING, "MissingName", "Parallel"), "does not define Parallel"),
        (Fault(Status.NOT_ATTEMPTED, "NotImplementedError", ""), "Nothing written"),
        (Fault(Status.MEMORY, "MemoryError", "no room"), "more memory"),
        (Fault(Status.TIMEOUT, "TimeLimit", "The code was still running after 2 s."), "still running after 2 s"),
        (Fault(Status.CRASHED, "SystemExit", "3"), "sys.exit(3)"),
        (Fault(Status.CRASHED, "SIGSEGV", "The process was killed by signal SIGSEGV."), "SIGSEGV"),
        (Fault(Status.CRASHED, "KeyboardInterrupt", ""), "KeyboardInterrupt"),
        (Fault(Status.ERROR, "UnsendableError", "a value of type x is not plain data"), "cannot be checked"),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else "",
)
def test_faults_have_words_in_both_languages(fault, words):
    """Each way to fail is told in English and in Chinese, under its own status."""
    verdict = from_fault(fault, SOURCE)
    assert verdict.status is fault.status
    assert words in verdict.message.en
    assert not chinese(verdict.message.en)
    assert chinese(verdict.message.zh)


def test_an_error_is_told_with_its_place():
    """An exception is told by type and message, at the innermost line of the student's file."""
    fault = Fault(Status.ERROR, "ValueError", "bad", (Frame(4, "__init__"), Frame(8, "forward")))
    verdict = from_fault(fault, SOURCE)
    assert verdict.message.en == verdict.message.zh == "ValueError: bad"
    assert verdict.location is not None
    assert (verdict.location.file, verdict.location.line, verdict.location.function) == ("ex5/ex.py", 8, "forward")
    assert [(line.number, line.marked) for line in verdict.location.source] == [
        (5, False), (6, False), (7, False), (8, True), (9, False), (10, False), (11, False),
    ]  # fmt: skip
    assert verdict.location.source[3].text == "        return x + 1"
    assert [frame.line for frame in verdict.frames] == [4, 8]


def test_an_error_without_message_is_told_by_its_type():
    """No colon stands behind the type of an exception without a message."""
    verdict = from_fault(Fault(Status.ERROR, "ZeroDivisionError", "", (Frame(8, "forward"),)), SOURCE)
    assert verdict.message.en == "ZeroDivisionError"


def test_an_error_at_import_says_so():
    """An exception while the file is imported is told apart."""
    verdict = from_fault(Fault(Status.ERROR, "SyntaxError", "invalid", (Frame(2, ""),), at_import=True), SOURCE)
    assert verdict.message.en == "Importing ex5/ex.py raised SyntaxError: invalid"
    assert "导入" in verdict.message.zh


def test_an_error_outside_the_students_file_says_so():
    """Where no line of the student's raised, the place is where the name that was used is defined."""
    fault = Fault(Status.ERROR, "TypeError", "no", names=("helper", "Parallel"))
    verdict = from_fault(fault, SOURCE)
    assert "Using what the code gave raised TypeError: no" in verdict.message.en
    assert verdict.location is not None
    assert verdict.location.line == 3
    assert verdict.frames == ()


def test_a_fault_without_place_has_none():
    """Neither frames nor names: no place is made up."""
    assert from_fault(Fault(Status.TIMEOUT, "TimeLimit", "slow"), SOURCE).location is None
    assert from_fault(Fault(Status.ERROR, "TypeError", "no", names=("nowhere",)), SOURCE).location is None


@pytest.mark.parametrize(
    ("wanted", "defined", "close"),
    [
        ("Parallel", ("torch", "Paralel"), "Paralel"),
        ("Parallel", ("MyParallelNet",), "MyParallelNet"),
        ("double", ("Double",), "Double"),
        ("Parallel", ("torch", "nn", "helper"), None),
        ("Parallel", (), None),
    ],
)
def test_a_close_name_is_suggested(wanted, defined, close):
    """A missing name comes with a close one that the file does define, and with none where there is none."""
    message = from_fault(Fault(Status.MISSING, "MissingName", wanted, defined=defined), SOURCE).message
    for text in (message.en, message.zh):
        assert wanted in text
        assert (close or "rename") in text if close else "rename" not in text


@pytest.mark.parametrize("line", [0, 1, 11, 12, 999, 10**6])
def test_a_forged_line_is_no_harm(line):
    """A line that the file does not have is shown without source, or with what is near."""
    place = at(SOURCE, line, "f")
    assert place.line == line
    assert all(1 <= shown.number <= 12 for shown in place.source)


def test_long_lines_are_cut():
    """A line of source is shown up to 300 characters."""
    place = at(Source("ex", "ex.py", b"x = '" + b"y" * 10_000 + b"'\n"), 1)
    assert len(place.source[0].text) == 300


# Checks that do not hold


def sides(seen: Text, expected: Text) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return two texts in English and in Chinese."""
    return (seen.en, expected.en), (seen.zh, expected.zh)


def compared(operator: str, left: Any, right: Any) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return both texts of an assert that did not hold, in English and in Chinese."""
    error = AssertionError("assert comparison")
    verdict = from_exception(error, Comparison(operator, left, right), SOURCE, ())
    assert verdict.status is Status.FAILED
    assert not verdict.message
    return sides(verdict.seen, verdict.expected)


@pytest.mark.parametrize(
    ("operator", "english", "chinese"),
    [
        ("==", "2", "2"),
        ("!=", "anything but 2", "除 2 以外的值"),
        ("is", "2", "2"),
        ("is not", "anything but 2", "除 2 以外的值"),
        ("in", "one of 2", "2 之一"),
        ("not in", "none of 2", "不在 2 之中"),
        ("<", "less than 2", "小于 2"),
        ("<=", "at most 2", "不大于 2"),
        (">", "more than 2", "大于 2"),
        (">=", "at least 2", "不小于 2"),
        ("?", "? 2", "? 2"),
    ],
)
def test_comparisons_are_told(operator, english, chinese):
    """Both sides of a comparison are shown, the right one in words for its operator."""
    assert compared(operator, 1, 2) == (("1", english), ("1", chinese))


def test_a_tensor_in_a_comparison_is_told_by_its_language():
    """Words for a tensor and words for the operator are of one language."""
    english, chinese = compared("<=", torch.tensor([5.0]), torch.tensor(3))
    assert english == ("float32 tensor of shape (1,): 5", "at most int64 number 3")
    assert chinese == ("float32 张量，形状 (1,)：5", "不大于 int64 标量 3")


def test_braces_in_a_value_are_no_placeholders():
    """A right side whose text has braces is shown as it is."""
    english, chinese = compared("!=", "{", {"{}": 1, "{value}": 2})
    assert english == ("'{'", "anything but {'{value}': 2, '{}': 1}")
    assert chinese == ("'{'", "除 {'{value}': 2, '{}': 1} 以外的值")


def test_equal_tensors_are_told_by_their_difference():
    """== between tensors shows where they differ."""
    english, chinese = compared("==", torch.zeros(2), torch.zeros(3))
    assert english == ("shape (2,)", "shape (3,)")
    assert chinese == ("形状 (2,)", "形状 (3,)")


def test_assert_close_shows_both_values():
    """assert_close shows what it compared and where it is defined, also from within a helper of the spec."""

    def helper() -> None:
        assert_close(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0]))

    verdict = from_exception(caught(helper), None, SOURCE, ("Parallel",))
    assert verdict.status is Status.FAILED
    english, chinese = sides(verdict.seen, verdict.expected)
    assert english == ("at [1]: 2 (1 of 2 values differ)", "at [1]: 3")
    assert chinese == ("第 [1] 项为 2（2 个值中有 1 个不同）", "第 [1] 项为 3")
    assert verdict.location is not None
    assert verdict.location.line == 3


def test_assert_close_of_other_values():
    """assert_close of lists shows both too; what it cannot compare at all is of another kind."""
    verdict = from_exception(caught(assert_close, [1.0, 2.0], [1.0, 5.0]), None, SOURCE, ())
    assert sides(verdict.seen, verdict.expected) == (("[1.0, 2.0]", "[1.0, 5.0]"),) * 2
    verdict = from_exception(caught(assert_close, "text", torch.ones(1)), None, SOURCE, ())
    assert verdict.status is Status.FAILED
    assert "another kind" in verdict.message.en


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("the second layer is missing", "the second layer is missing"),
        ("the second layer is missing\nassert 2 == 3", "the second layer is missing"),
        ("two\nlines\nassert comparison", "two\nlines"),
        ("x" * 5000, "x" * 600),
    ],
    ids="plain rewritten lines long".split(),
)
def test_a_message_of_the_spec_is_shown(said, shown):
    """The message that a spec gives its assert is shown without what pytest adds."""
    verdict = from_exception(AssertionError(said), None, SOURCE, ())
    assert verdict.status is Status.FAILED
    assert verdict.message.en == shown
    assert from_exception(AssertionError(said), Comparison("==", 1, 2), SOURCE, ()).message.en == shown


@pytest.mark.parametrize("error", [AssertionError(), AssertionError("assert False")], ids=repr)
def test_a_bare_assert_points_at_the_title(error):
    """Without a message and a comparison, the title says what does not hold."""
    verdict = from_exception(error, None, SOURCE, ())
    assert "title" in verdict.message.en
    assert chinese(verdict.message.zh)
    assert (verdict.seen, verdict.expected) == (Text(), Text())


def test_fail_of_pytest_is_a_failed_check():
    """pytest.fail in a check fails it with its message."""
    verdict = from_exception(caught(pytest.fail, "two layers were expected"), None, SOURCE, ())
    assert (verdict.status, verdict.message.en) == (Status.FAILED, "two layers were expected")


@pytest.mark.parametrize(
    "error",
    [
        TypeError("'NoneType' object is not iterable"), AttributeError("no attribute 'shape'"), IndexError("range"),
        KeyError("weight"), ValueError("too many values"), RuntimeError("size mismatch"), ZeroDivisionError(),
        RecursionError("deep"), OverflowError("large"), UnicodeEncodeError("utf-8", "x", 0, 1, "no"),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_a_value_of_another_kind_fails_the_check(error):
    """What a check raises on a value of the wrong kind is the student's failure, not an error of ours."""
    verdict = from_exception(error, None, SOURCE, ("helper",))
    assert verdict.status is Status.FAILED
    assert type(error).__name__ in verdict.message.en
    assert chinese(verdict.message.zh)
    assert verdict.location is not None
    assert verdict.location.line == 10


@pytest.mark.parametrize(
    "error",
    [
        NameError("x"), UnboundLocalError("x"), ImportError("x"), ModuleNotFoundError("x"), SyntaxError("x"),
        MemoryError(), FileNotFoundError("x"), PermissionError("x"),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_a_fault_of_the_spec_is_ours(error):
    """What no value can cause is a grader error."""
    verdict = from_exception(error, Comparison("==", 1, 2), SOURCE, ("helper",))
    assert verdict == grader_error(error)
    assert verdict.status is Status.GRADER_ERROR
    assert "not the submission" in verdict.message.en
    assert chinese(verdict.message.zh)


def test_the_place_is_that_of_the_first_name_known():
    """Names that the file does not define are passed over; with none known there is no place."""
    verdict = from_exception(ValueError("x"), None, SOURCE, ("nowhere", "helper", "Parallel"))
    assert verdict.location is not None
    assert verdict.location.line == 10
    assert from_exception(ValueError("x"), None, SOURCE, ("nowhere",)).location is None


def test_a_long_text_of_an_error_is_cut():
    """An error that quotes a huge value has a short message."""
    assert len(from_exception(ValueError("x" * 10**6), None, SOURCE, ()).message.en) < 600
    assert len(grader_error(ValueError("x" * 10**6)).message.en) < 800


# Names in another form, and cells


def test_a_name_in_another_form_is_told_with_its_place():
    """What stands in the place of a missing name is named with its line, shown, and told how to put right."""
    fault = Fault(Status.MISSING, "MissingName", "Helper", names=("Helper",), defined=("torch", "Parallel", "helper"))
    verdict = from_fault(fault, SOURCE)
    assert verdict.message.en == (
        "ex5/ex.py does not define Helper. It has helper (line 10): if that is the answer, rename it to Helper, "
        "or add the line Helper = helper below it."
    )
    assert "请改名为 Helper，或在它下面加一行 Helper = helper" in verdict.message.zh
    assert verdict.location is not None
    assert verdict.location.line == 10


def test_several_names_in_another_form():
    """Of several close names, all are told; which one it is, is not guessed."""
    fault = Fault(Status.MISSING, "MissingName", "Help", defined=("helper", "HELP"))
    message = from_fault(fault, SOURCE).message
    assert message.en == (
        "ex5/ex.py does not define Help. It has HELP, helper (line 10): if one of them is the answer, "
        "rename it to Help."
    )
    assert "如果其中一个是答案" in message.zh


NOTEBOOK = Source(
    "ex",
    "hw.ipynb",
    b"# coding: utf-8\nimport torch\n\n# 2\nclass ParallelBlock:\n    def f(self):\n        return 1\n# 3\nx = 1",
    cells=(SourceCell(1, "hw.ipynb", 2, 1), SourceCell(2, "hw.ipynb", 5, 3), SourceCell(3, "hw.ipynb", 9, 1)),
)


def test_a_place_in_a_cell():
    """A place in a notebook is told by its cell, with the lines of that cell alone."""
    place = at(NOTEBOOK, 6, "f")
    assert (place.file, place.line, place.function) == ("hw.ipynb, cell 2", 2, "f")
    assert [(line.number, line.text, line.marked) for line in place.source] == [
        (1, "class ParallelBlock:", False), (2, "    def f(self):", True), (3, "        return 1", False),
    ]  # fmt: skip


def test_a_place_in_a_markdown_file():
    """A place in a Markdown file is told by the line that an editor shows."""
    cells = tuple(replace(cell, file="a.md", line=100 * cell.number) for cell in NOTEBOOK.cells)
    place = at(replace(NOTEBOOK, cells=cells), 7)
    assert (place.file, place.line) == ("a.md", 202)
    assert [line.number for line in place.source] == [200, 201, 202]


@pytest.mark.parametrize("line", [0, 1, 3, 4, 8, 10, 10**6])
def test_a_line_in_no_cell(line):
    """A line that no cell has is shown without source."""
    assert at(NOTEBOOK, line) == Location("hw.ipynb", line)


def test_a_name_in_another_form_in_a_cell():
    """A close name in a notebook is told with its cell."""
    fault = Fault(Status.MISSING, "MissingName", "Parallel", defined=("ParallelBlock", "x"))
    verdict = from_fault(fault, NOTEBOOK)
    assert verdict.message.en == (
        "hw.ipynb does not define Parallel. It has ParallelBlock (cell 2): if that is the answer, rename it to "
        "Parallel, or add the line Parallel = ParallelBlock below it."
    )
    assert "（第 2 个单元格）" in verdict.message.zh
    assert verdict.location is not None
    assert (verdict.location.file, verdict.location.line) == ("hw.ipynb, cell 2", 1)


def test_a_name_that_a_failed_cell_would_have_defined():
    """The cell that failed is named, with its error, and its line is shown."""
    cell = CellFault(NOTEBOOK.cells[1], Fault(Status.ERROR, "NameError", "name 'x' is not defined", (Frame(7, "f"),)))
    fault = Fault(Status.MISSING, "MissingName", "Parallel", defined=("ParallelBlock",), cause=cell, at_import=True)
    verdict = from_fault(fault, NOTEBOOK)
    assert verdict.status is Status.MISSING
    assert verdict.message.en == (
        "Cell 2 failed: NameError: name 'x' is not defined (line 3); so Parallel was not defined."
    )
    assert (
        verdict.message.zh
        == "第 2 个单元格出错：NameError: name 'x' is not defined（第 3 行），因此没有定义 Parallel。"
    )
    assert verdict.location is not None
    assert (verdict.location.file, verdict.location.line) == ("hw.ipynb, cell 2", 3)
    assert verdict.at_import


def test_a_name_in_a_cell_that_hung():
    """A cell without a line of its own is shown where it would have defined the name."""
    cell = CellFault(NOTEBOOK.cells[1], Fault(Status.TIMEOUT, "TimeLimit", ""))
    fault = Fault(Status.MISSING, "MissingName", "ParallelBlock", cause=cell)
    verdict = from_fault(fault, NOTEBOOK)
    assert verdict.message.en.startswith("Cell 2 was still running when its time was up")
    assert verdict.location is not None
    assert (verdict.location.file, verdict.location.line) == ("hw.ipynb, cell 2", 1)


def test_an_undefined_name_that_a_failed_cell_would_have_defined():
    """A NameError in an answer is told with the cell that failed before it defined the name."""
    cell = CellFault(NOTEBOOK.cells[2], Fault(Status.ERROR, "ValueError", "bad", (Frame(9, ""),)))
    fault = Fault(Status.ERROR, "NameError", "name 'x' is not defined", (Frame(7, "f"),), cause=cell)
    message = from_fault(fault, NOTEBOOK).message
    assert message.en == (
        "NameError: name 'x' is not defined. Cell 3, which defines it, failed: ValueError: bad (line 1)."
    )
    assert message.zh.endswith("定义它的第 3 个单元格出错：ValueError: bad（第 1 行）。")


def test_a_name_that_none_of_several_files_defines():
    """Several files are told as such."""
    source = replace(NOTEBOOK, file="a.md, b.md", cells=(NOTEBOOK.cells[0], replace(NOTEBOOK.cells[1], file="b.md")))
    message = from_fault(Fault(Status.MISSING, "MissingName", "f"), source).message
    assert (message.en, message.zh) == ("None of a.md, b.md defines f.", "a.md, b.md 里都没有定义 f。")


def test_cells_that_cannot_be_run_again():
    """Cells that take too long to be run again are told as that, not as a line of the traceback."""
    verdict = from_fault(Fault(Status.TIMEOUT, "CellsTooSlow", "x", at_import=True), NOTEBOOK)
    assert verdict.status is Status.TIMEOUT
    assert "The cells run anew" in verdict.message.en
    assert chinese(verdict.message.zh)


def test_a_notebook_that_cannot_be_read():
    """What is wrong with a file is told in Chinese too."""
    source = Source("ex", "ex.py", None, Text("hw.ipynb is no notebook", "hw.ipynb 不是笔记本"))
    message = from_fault(told(Status.MISSING, "MissingFile", source.problem), source).message
    assert (message.en, message.zh) == ("hw.ipynb is no notebook", "hw.ipynb 不是笔记本")
