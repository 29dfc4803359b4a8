"""Results say the same in Python and as result.json."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.results import (
    LANGUAGES,
    SCHEMA,
    CheckResult,
    Diagnosis,
    ExerciseResult,
    Location,
    Result,
    SourceLine,
    Status,
    Text,
    rounded,
    share,
    to_dict,
    to_json,
    worst,
)


def check(status: Status = Status.PASSED, points: float = 1.0) -> CheckResult:
    """Return a check."""
    place = Location("ex.py", 3, "f", (SourceLine(3, "x = 1", True),))
    text = Text("message", "消息")
    score = points if status is Status.PASSED else 0.0
    return CheckResult("test_a", Text("A", "甲"), status, score, points, text, location=place, frames=(place,))


def exercise(*statuses: Status) -> ExerciseResult:
    """Return an exercise."""
    diagnosis = Diagnosis("swapped", Text("H", "发"), Text("M"), Text("T", "试"), "5.1")
    checks = tuple(map(check, statuses))
    return ExerciseResult("5.1.1", "ex", Text("E", "题"), 1.0, 2.0, worst(statuses), checks, (diagnosis,))


def result(*statuses: Status) -> Result:
    """Return a result."""
    versions = (("torch", "2.6"), ("python", "3.11"))
    return Result("ex5", Text("Chapter", "章"), "小明", 3, 1.0, 2.0, True, "none", (exercise(*statuses),), versions)


def test_the_form_of_a_result():
    """result.json has schema, texts in the language asked for and in both, and the list of diagnoses as texts."""
    data = to_dict(result(Status.PASSED, Status.FAILED))
    assert list(data)[0] == "schema"
    assert (data["schema"], data["assignment"], data["submission"], data["seed"]) == (SCHEMA, "ex5", "小明", 3)
    assert (data["score"], data["max_score"], data["complete"], data["sandbox"]) == (1.0, 2.0, True, "none")
    assert data["versions"] == {"torch": "2.6", "python": "3.11"}
    (found,) = data["exercises"]
    assert (found["id"], found["name"], found["title"], found["title_zh"]) == ("5.1.1", "ex", "E", "题")
    assert found["diagnoses"] == ["H M T"]
    assert found["diagnosis_details"][0]["name"] == "swapped"
    assert [entry["status"] for entry in found["checks"]] == ["passed", "failed"]
    first = found["checks"][0]
    assert set(first) >= set("name title status score max_score message hint seconds seen expected".split())
    assert first["location"]["source"] == [{"number": 3, "text": "x = 1", "marked": True}]


def test_a_result_in_chinese():
    """Texts are in Chinese where there is any, and in English where there is none."""
    (found,) = to_dict(result(Status.FAILED), "zh")["exercises"]
    assert (found["title"], found["title_en"]) == ("题", "E")
    assert found["diagnoses"] == ["发 M 试"]
    assert found["checks"][0]["message"] == "消息"


def test_compared_values_are_in_both_languages():
    """What was seen and expected is there in the language asked for, in English and in Chinese."""
    seen, expected = Text("shape (2,)", "形状 (2,)"), Text("at most 3", "不大于 3")
    compared = dataclasses.replace(check(Status.FAILED), seen=seen, expected=expected)
    whole = dataclasses.replace(result(), exercises=(dataclasses.replace(exercise(), checks=(compared,)),))
    for language in LANGUAGES:
        (found,) = to_dict(whole, language)["exercises"][0]["checks"]
        assert (found["seen"], found["expected"]) == (seen.get(language), expected.get(language))
        assert (found["seen_en"], found["seen_zh"]) == ("shape (2,)", "形状 (2,)")
        assert (found["expected_en"], found["expected_zh"]) == ("at most 3", "不大于 3")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_result_as_text(language):
    """The text is JSON with Chinese as it is written, of plain types, and ends in a line break."""
    text = to_json(result(*Status), language)
    assert json.loads(text) == to_dict(result(*Status), language)
    assert "小明" in text
    assert text.endswith("}\n")


def test_statuses_are_those_of_the_documentation():
    """There are exactly ten statuses, and each is written as its name in small letters."""
    assert {status.value for status in Status} == set(
        "passed failed error timeout memory crashed missing not_attempted not_run grader_error".split()
    )


def test_the_worst_status_counts():
    """A fault of ours comes before all, then how code ended, then what it did wrong; no checks means not run."""
    order = list(Status)
    assert (order[0], order[-2:]) == (Status.GRADER_ERROR, [Status.NOT_RUN, Status.PASSED])
    for place, status in enumerate(order):
        assert worst(order[place:][::-1]) is status
    assert worst([]) is Status.NOT_RUN
    assert worst(iter([Status.PASSED, Status.FAILED])) is Status.FAILED


@pytest.mark.parametrize(
    ("statuses", "passed", "ours"),
    [
        ([Status.PASSED], True, False),
        ([Status.PASSED, Status.NOT_RUN], True, False),
        ([Status.PASSED, Status.FAILED], False, False),
        ([Status.GRADER_ERROR, Status.PASSED], False, True),
        ([Status.NOT_ATTEMPTED], False, False),
        ([], False, False),
    ],
)
def test_whether_a_result_passed(statuses, passed, ours):
    """A result passed when every check that could be run did, and there is one."""
    found = result(*statuses)
    assert (found.passed, found.has_grader_error) == (passed, ours)


def test_without_checks_nothing_passed():
    """A result without exercises has not passed."""
    assert not dataclasses.replace(result(Status.PASSED), exercises=()).passed


weights = st.lists(st.one_of(st.integers(0, 100), st.floats(0, 100)), min_size=1, max_size=20)


@settings(deadline=None, derandomize=True, database=None)
@given(st.floats(0, 1000), weights)
def test_shares_add_up_exactly(points, given_weights):
    """The shares of an exercise's checks are never negative and add up to its points, if any weighs anything."""
    shares = share(points, given_weights)
    assert len(shares) == len(given_weights)
    assert all(part >= 0 for part in shares)
    assert sum(shares) == (Fraction(points) if any(given_weights) else 0)


def test_shares_follow_weights():
    """A check of twice the weight has twice the points; thirds add up to the whole once they are rounded."""
    assert share(10, [1, 2, 1]) == [Fraction(5, 2), Fraction(5), Fraction(5, 2)]
    assert [rounded(part) for part in share(1, [1, 1, 1])] == [0.3333] * 3
    assert rounded(sum(share(1, [1, 1, 1]), Fraction(0))) == 1
    assert share(10, []) == []


def test_texts_stand_in_for_each_other():
    """English stands in for Chinese; a text is true if it says anything."""
    assert (Text("a", "甲").get("en"), Text("a", "甲").get("zh"), Text("a").get("zh")) == ("a", "甲", "a")
    assert (bool(Text()), bool(Text("a")), bool(Text("", "甲"))) == (False, True, True)
