"""A result as Gradescope reads it."""

import json

import pytest

from grader.reports.gradescope import VISIBILITIES, gradescope_json
from grader.results import Result, Status, Text

from . import samples

SAMPLES = [samples.usual, samples.every_status, samples.hostile, samples.all_passed, samples.result]
# What Gradescope's page on autograders names, with the types.
TOP = {
    "score": (int, float),
    "execution_time": int,
    "output": str,
    "output_format": str,
    "test_output_format": str,
    "test_name_format": str,
    "visibility": str,
    "stdout_visibility": str,
    "extra_data": dict,
    "tests": list,
}
TEST = {
    "score": (int, float),
    "max_score": (int, float),
    "status": str,
    "name": str,
    "number": str,
    "output": str,
    "extra_data": dict,
}


def read(result: Result, language: str = "en", **more: str) -> dict:
    """Return what Gradescope reads, after a look at its form."""
    text = gradescope_json(result, language, **more)
    text.encode()
    found = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    for keys, part in [(TOP, found), *((TEST, test) for test in found["tests"])]:
        for key, value in part.items():
            assert isinstance(value, keys[key]), key
            assert not isinstance(value, bool), key
    assert {found[key] for key in ("output_format", "test_output_format", "test_name_format")} == {"text"}
    assert found["stdout_visibility"] == "hidden"
    assert all(test.get("status") in ("passed", "failed", None) for test in found["tests"])
    return found


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_form(sample, language):
    """Every result has the form that Gradescope documents, holds nothing hidden, and one test for each check."""
    result = sample()
    found = read(result, language)
    assert len(found["tests"]) == sum(len(exercise.checks) for exercise in result.exercises)
    assert len({test["number"] for test in found["tests"]}) == len(found["tests"])
    for words in [found["output"], *(test[key] for test in found["tests"] for key in ("name", "output"))]:
        assert not set(words) & {"\x00", "\x07", "\x1b", "\u202e", "\u2066", "\u200b", "\ud800", "\uffff", "\r"}
        assert len(words) < 40_000


def test_points_add_up():
    """The points of the tests are those of the result."""
    found = read(samples.usual())
    assert found["score"] == sum(test["score"] for test in found["tests"]) == 10
    assert sum(test["max_score"] for test in found["tests"]) == 24


def test_a_failed_check():
    """A test tells the likely cause where it is first needed, then message, values, place, line and hint."""
    failed = [test for test in read(samples.usual())["tests"] if test["number"] == "5.1.2.2"][0]
    assert failed["name"] == "Two networks in parallel: net1's output comes first, then net2's"
    assert (failed["status"], failed["score"], failed["max_score"]) == ("failed", 0, 1)
    assert failed["output"].startswith("What happened: You joined net2's output before net1's.\nWhy it matters: ")
    for part in (
        "\n\nThe values differ from the expected ones",
        "Expected:\ntensor([[ 0.1250",
        "Seen:\ntensor([[ 0.3310",
        "ex5/ex5_1_2_parallel.py:14, in forward\n> 14 | return torch.cat((second, first), dim=1)",
        "Hint: Look at the order of the tensors",
        "\n\nWhat your code printed:\nnet1: torch.Size([2, 12])\nnet2: torch.Size([2, 24])",
    ):
        assert part in failed["output"]
    others = [test for test in read(samples.usual())["tests"] if test["number"] != "5.1.2.2"]
    assert "You joined net2" not in json.dumps(others) and "net1: torch.Size" not in json.dumps(others)


def test_values_in_both_languages():
    """What was expected and seen is told in the language of the lines around it."""
    for language, words in (("en", "Seen: shape (36,)"), ("zh", "实际：形状 (36,)")):
        assert sum(words in test["output"] for test in read(samples.usual(), language)["tests"]) == 1


def test_a_cause_is_told_where_something_failed():
    """The likely cause stands at the first check that failed, not at one that was not decided."""
    checks = [samples.check(f"c{i}", status) for i, status in enumerate([Status.NOT_RUN, Status.PASSED, Status.FAILED])]
    causes = samples.usual().exercises[1].diagnoses
    found = read(samples.result(samples.exercise("5.1.1", Text("A"), *checks, diagnoses=causes)))["tests"]
    assert ["You joined net2" in test["output"] for test in found] == [False, False, True]


def test_the_end_of_what_was_printed():
    """Of a long output the last lines are shown, as a terminal would have left them."""
    output = "".join(f"step {i}\n" for i in range(1000)) + "10%\r100%\n" + "\x1b[31mred\x1b[0m\n"
    exercise = samples.exercise("5.1.1", Text("A"), samples.check("c", Status.FAILED), output=output)
    shown = read(samples.result(exercise))["tests"][0]["output"].partition("printed:\n")[2]
    assert shown.splitlines()[0] == "step 982"
    assert shown.splitlines()[-2:] == ["100%", "red"]


def test_a_passed_check():
    """A passed check has its points and nothing to read."""
    passed = read(samples.all_passed())["tests"][0]
    assert (passed["status"], passed["score"], passed["output"]) == ("passed", 1, "")


def test_the_text_on_top():
    """Above the tests stand the total, what was not begun and what to do next."""
    assert read(samples.usual())["output"].splitlines() == [
        "Chapter 5: Builders' guide",
        "Total: 10 / 24 (10 of 24 checks passed)",
        "Not started yet: 5.1.3, 5.4.1",
        "Next: open ex5/ex5_1_2.py, then run: grade ex5.1.2",
    ]


def test_the_text_on_top_in_chinese():
    """The same is there in Chinese, and so are names and outputs of tests."""
    found = read(samples.usual(), "zh")
    assert found["output"].splitlines() == [
        "第 5 章：深度学习计算",
        "总分：10 / 24（24 项检查中通过 10 项）",
        "尚未作答：5.1.3, 5.4.1",
        "下一步：打开 ex5/ex5_1_2.py，然后运行：grade ex5.1.2",
    ]
    failed = [test for test in found["tests"] if test["number"] == "5.1.2.2"][0]
    assert failed["name"] == "并行的两个网络：先是 net1 的输出，然后是 net2 的"
    assert failed["output"].startswith("发生了什么：你把 net2 的输出放在了 net1 的前面。")


@pytest.mark.parametrize("status", [Status.GRADER_ERROR, Status.NOT_RUN])
def test_an_undecided_check_is_no_zero(status):
    """A check that was not decided has neither points nor status, and the score says that it is one so far."""
    exercise = samples.exercise("5.1.1", Text("A"), samples.check("good"), samples.check("open", status))
    found = read(samples.result(exercise))
    good, undecided = found["tests"]
    assert good["status"] == "passed"
    assert not {"score", "max_score", "status"} & set(undecided)
    assert undecided["extra_data"]["status"] == status.value
    assert found["score"] == 1
    assert found["extra_data"]["complete"] is False
    assert "Total so far: 1 / 2" in found["output"]
    assert "This score is not complete." in found["output"]


@pytest.mark.parametrize("status", [Status.GRADER_ERROR, Status.NOT_RUN])
def test_nothing_decided_is_no_score(status):
    """Where nothing was decided there is no score at all, so that no zero is recorded."""
    found = read(samples.result(samples.exercise("5.1.1", Text("A"), samples.check("open", status))))
    assert "score" not in found
    assert "Total: not decided, out of 1" in found["output"]
    assert "score" not in read(samples.result())


def test_whose_fault_it_was():
    """A fault of the grader is called one, in the text on top and at the check."""
    found = read(samples.result(samples.exercise("5.1.1", Text("A"), samples.check("c", Status.GRADER_ERROR))))
    assert "This is not your mistake" in found["output"]
    assert "Next: tell your instructor" in found["output"]
    assert found["tests"][0]["name"].endswith("(grader error)")
    assert "not your mistake" in found["tests"][0]["output"]


def test_no_isolation_is_said():
    """Marking without a sandbox is said on top and in the data."""
    found = read(samples.every_status())
    assert "without isolation" in found["output"]
    assert found["extra_data"]["sandbox"] == "none"


def test_students_words_are_text():
    """What a student's code says stays as it was written, in a format that nobody renders."""
    attack = next(test for test in read(samples.hostile())["tests"] if test["number"] == "5.1.1.1")
    assert "<script>alert(1)</script>" in attack["output"]
    assert "\\u202eevil" in attack["output"]


def test_visibility():
    """Tests are visible unless the course says otherwise, in a word that Gradescope knows."""
    assert read(samples.usual())["visibility"] == "visible"
    for visibility in VISIBILITIES:
        assert read(samples.usual(), visibility=visibility)["visibility"] == visibility
    with pytest.raises(ValueError, match="visibility is one of"):
        gradescope_json(samples.usual(), visibility="secret")
