"""What a student sees on a terminal."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.reports.terminal import print_result
from grader.results import Result, Status, Text

from . import samples


def shown(
    result: Result, language: str = "en", *, verbose: bool = False, encoding: str = "utf-8", **more: object
) -> str:
    """Return what `print_result` writes to a console of 80 columns with `encoding`."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="")
    options: dict[str, object] = {"width": 80, "_environ": {}}
    print_result(result, Console(file=file, **(options | more)), language, verbose)  # type: ignore[arg-type]
    file.flush()
    return raw.getvalue().decode(encoding)


SAMPLES = [samples.usual, samples.every_status, samples.hostile, samples.all_passed]


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "cp1252", "ascii"])
def test_every_console_can_show_it(sample, language, encoding):
    """No encoding raises, no line is wider than the console, no escape sequence gets through."""
    text = shown(sample(), language, verbose=True, encoding=encoding)
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert not set(text) & {"\x1b", "\x00", "\x07", "\u202e", "\u2066", "\u200b", "\x9b"}


@pytest.mark.parametrize("more", [{}, {"force_terminal": True, "no_color": True}])
def test_plain_without_colour(more):
    """Piped output and NO_COLOR hold no escape sequences, and nothing pads the ends of lines."""
    text = shown(samples.usual(), **more)
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_colour_on_a_terminal():
    """A terminal gets colours."""
    assert "\x1b[" in shown(samples.usual(), force_terminal=True, color_system="standard")


def test_failure_is_laid_out():
    """A failed check shows title, message, both values, the student's line and the hint."""
    text = shown(samples.usual())
    for part in (
        "✗ net1's output comes first, then net2's  failed",
        "the first difference is at [0, 0]",
        "Expected: shape (1, 36)",
        "Seen: shape (36,)",
        "ex5/ex5_1_2_parallel.py:14, in forward",
        "> 14 | return torch.cat((second, first), dim=1)",
        "Hint: Look at the order",
        "Total: 10 / 24",
        "Next: open ex5/ex5_1_2.py, then run: grade ex5.1.2",
    ):
        assert part in text


def test_values_are_in_the_language_of_the_lines_around_them():
    """In Chinese, words around the values are Chinese; a console that cannot show them gets the English ones."""
    text = shown(samples.usual(), "zh")
    assert "预期：形状 (1, 36)" in text
    assert "实际：形状 (36,)" in text
    assert "shape (" not in text
    assert "Seen: shape (36,)" in shown(samples.usual(), "zh", encoding="cp1252")


def test_diagnosis_comes_before_checks():
    """The likely cause stands above the checks that led to it."""
    text = shown(samples.usual())
    assert text.index("You joined net2's output") < text.index("✗ net1's output comes first")


def test_one_cause_is_told_once():
    """Checks that raised the same error at the same line share one message."""
    text = shown(samples.usual())
    assert text.count("NameError: name 'weights'") == 1
    assert "3 checks, one cause" in text


def test_different_failures_stay_apart():
    """Failed assertions are never lumped together, however alike."""
    alike = [samples.check(f"c{i}", Status.FAILED, message=Text("wrong")) for i in range(3)]
    assert shown(samples.result(samples.exercise("5.1.1", Text("A"), *alike))).count("wrong") == 3


def test_exercises_not_begun_take_one_line():
    """Untouched stubs are listed together."""
    assert "Not started yet: 5.1.3, 5.4.1" in shown(samples.usual())


def test_verbose_adds_passed_checks_and_output():
    """Passed checks and what the code printed appear only when asked for."""
    quiet, loud = shown(samples.usual()), shown(samples.usual(), verbose=True)
    for part in ("Chain of length 3 works", "net2: torch.Size([2, 24])"):
        assert part not in quiet and part in loud


def test_markup_of_students_is_text():
    """Rich markup in a student's string is shown as it was written."""
    assert "[bold red]markup" in shown(samples.hostile())


def test_chinese_columns_align():
    """The score column ends at the same place for Chinese and English titles."""
    table = shown(samples.usual(), "zh").split("\n\n")[1].splitlines()
    assert len({cell_len(line) for line in table[2:]}) == 1


def test_english_where_chinese_cannot_be_shown():
    """A console without Chinese gets English, not escapes."""
    assert "Total: 10 / 24" in shown(samples.usual(), "zh", encoding="cp1252")


def test_grader_error_is_ours():
    """A grader error marks the score incomplete, and is not sent to the student as work."""
    broken = samples.result(samples.exercise("5.1.1", Text("A"), samples.check("c", Status.GRADER_ERROR)))
    text = shown(broken)
    assert "This score is not complete. Grader error: 1" in text
    assert "Next: tell your instructor" in text
    assert "A  ! grader error  - / 1" in text


def test_no_isolation_is_said():
    """Marking without a sandbox is said."""
    assert "without isolation" in " ".join(shown(samples.every_status()).split())


def test_nothing_left_to_do():
    """Full marks end with nothing to do."""
    assert "Next: nothing left to do" in shown(samples.all_passed())


def test_narrow_console():
    """Forty columns are enough."""
    assert max(cell_len(line) for line in shown(samples.usual(), width=40).splitlines()) <= 40


def test_empty_result():
    """A result without exercises is shown."""
    assert "Total: 0 / 0" in shown(samples.result())


def test_missing_isolation_is_said_once():
    """Where a note says with its reason that nothing was isolated, the general line does not say it again."""
    note = Text("Marked without isolation (no bubblewrap).", "未在沙箱中运行（没有 bubblewrap）。")
    other = Text("Marked from a notebook.", "根据笔记本评分。")
    text = shown(samples.result(samples.exercise("5.1.1", Text("A")), sandbox="none", notes=(note, other)))
    assert text.count("isolation") == 1
    assert "no bubblewrap" in text
    bare = shown(samples.result(samples.exercise("5.1.1", Text("A")), sandbox="none", notes=(other,)))
    assert "without isolation" in " ".join(bare.split())


def test_chinese_sentences_end_as_chinese_ones_do():
    """In Chinese there are Chinese full stops, colons and semicolons, without spaces beside them."""
    text = shown(samples.every_status(), "zh")
    assert "此成绩不完整。评分器出错：1；未运行：1\n" in text
    assert ". " not in text.split("总分")[1]


def test_who_is_stuck_learns_of_hints():
    """As long as there is something to do, the last line names the command for a hint on it."""
    assert shown(samples.usual()).splitlines()[-1] == "Stuck? grade hint ex5.1.2 gives a hint, another one each time."
    assert "grade hint ex5.1.2" in shown(samples.usual(), "zh")
    assert "grade hint" not in shown(samples.all_passed())
