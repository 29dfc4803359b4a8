"""Results as JUnit XML."""

import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from grader.reports.junit import junit_xml
from grader.results import Result, Status, Text

from . import samples

SAMPLES = [samples.usual, samples.every_status, samples.hostile, samples.all_passed, samples.result]
# Of the schema that the xUnit plugin of Jenkins goes by: attributes (those that must be there first), and children.
SCHEMA: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {"time", "skipped", "timestamp", "hostname", "id", "package", "file"},
        {"properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "testcase": ({"name"}, {"time", "classname"}, {"skipped", "error", "failure", "system-out", "system-err"}),
    "failure": (set(), {"type", "message"}, set()),
    "error": (set(), {"type", "message"}, set()),
    "skipped": (set(), {"type", "message"}, set()),
}


def read(*results: Result, language: str = "en") -> ElementTree.Element:
    """Return the tree of some results, after a look at its form."""
    root = ElementTree.fromstring("".join(junit_xml(results, language)).encode())
    assert root.tag == "testsuites"
    for element in root.iter():
        required, optional, children = SCHEMA[element.tag]
        assert required <= set(element.attrib) <= required | optional, element.tag
        assert {child.tag for child in element} <= children
        assert re.fullmatch(r"\d+\.\d{3}", element.get("time", "0.000"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", element.get("timestamp", "2025-01-01T00:00:00"))
    assert len(root.findall("testsuite")) == len(results)
    for suite in root.findall("testsuite"):
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[name]) == len(suite.findall(f"testcase/{tag}"))
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        assert all(len(case) <= 1 for case in cases)
    return root


def properties(suite: ElementTree.Element) -> dict[str, str]:
    """Return the properties of a suite."""
    return {found.attrib["name"]: found.attrib["value"] for found in suite.iter("property")}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_form(sample, language):
    """Every result is XML in the form of JUnit, with a case for each check."""
    result = sample()
    root = read(result, language=language)
    assert len(root.findall("testsuite/testcase")) == sum(len(exercise.checks) for exercise in result.exercises)


def test_several_submissions():
    """A class is one file with a suite for each submission, and no two cases have the same name."""
    names = ["alice", "bob", "bob.v2"]
    root = read(*(replace(samples.usual(), submission=name) for name in names))
    assert [suite.get("name") for suite in root] == names
    cases = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(cases)) == len(cases) == 3 * 24
    assert ("alice.ex5_1_2", "order") in cases
    assert ("bob_v2.ex5_1_2", "order") in cases


def test_no_results():
    """No results are a file without suites."""
    assert len(read()) == 0


def test_a_failure():
    """A failed check says what was asked and why it failed, and below that all that helps."""
    suite = read(samples.usual())[0]
    failure = suite.find("testcase[@name='order']/failure")
    assert failure is not None
    assert failure.get("type") == "failed"
    assert failure.get("message", "").startswith("net1's output comes first, then net2's: The values differ")
    assert (failure.text or "").startswith("5.1.2 Two networks in parallel\nThe values differ")
    for part in ("Expected:\ntensor([[ 0.1250", "ex5/ex5_1_2_parallel.py:14, in forward", "Hint: Look at the order"):
        assert part in (failure.text or "")


def test_a_failure_in_chinese():
    """Messages are there in Chinese; names of cases stay."""
    failure = read(samples.usual(), language="zh")[0].find("testcase[@name='order']/failure")
    assert failure is not None
    assert failure.get("message", "").startswith("先是 net1 的输出，然后是 net2 的：数值与预期不符")
    assert "提示：看看传给" in (failure.text or "")


def test_values_in_both_languages():
    """What was expected and seen is told in the language of the lines around it."""
    told = {"en": "Expected: shape (1, 36)\nSeen: shape (36,)\n", "zh": "预期：形状 (1, 36)\n实际：形状 (36,)\n"}
    for language, words in told.items():
        failure = read(samples.usual(), language=language)[0].find("testcase[@name='shape']/failure")
        assert failure is not None and words in (failure.text or "")


@pytest.mark.parametrize("status", list(Status))
def test_whose_fault_it_was(status):
    """Errors are faults of the grader alone, what was not run is skipped, and all else but passing is a failure."""
    result = samples.result(samples.exercise("5.1.1", Text("A"), samples.check("c", status)))
    suite = read(result)[0]
    tags = {Status.GRADER_ERROR: "error", Status.NOT_RUN: "skipped", Status.PASSED: None}
    tag = tags.get(status, "failure")
    case = suite.find("testcase")
    assert case is not None
    assert [child.tag for child in case] == ([tag] if tag else [])
    if tag:
        assert case[0].get("type") == status.value
        assert case[0].get("message")


def test_properties():
    """A suite says with which seed and versions it came about, and the score."""
    found = properties(read(samples.usual())[0])
    assert found["score"] == "10" and found["max_score"] == "24" and found["complete"] == "true"
    assert found["seed"] == "7" and found["sandbox"] == "bubblewrap" and found["version.torch"] == "2.6.0"


def test_an_undecided_score_is_no_zero():
    """Where the grader decided nothing there is no score, and it is not complete."""
    broken = samples.result(samples.exercise("5.1.1", Text("A"), samples.check("c", Status.GRADER_ERROR)))
    found = properties(read(broken)[0])
    assert "score" not in found
    assert found["complete"] == "false"


def test_moments():
    """The time stamp is that of the marking, and left out where there is none."""
    suite = read(samples.usual())[0]
    assert suite.get("timestamp") == "2025-03-01T10:30:00"
    assert suite.get("time") == "3.210"
    assert read(replace(samples.usual(), created="", seconds=-1.0))[0].get("timestamp") is None


ILLEGAL = "a\x00b\x08c\x0bd\ud800e\ufffef\uffffg\x1fh\x7fi\u202ej]]>k&l<m>n\"o'p\r\nq"


def test_what_xml_cannot_hold():
    """Characters that XML forbids become escapes wherever a student may have written them; the others stay."""
    bad = Text(ILLEGAL, ILLEGAL)
    check = samples.check(ILLEGAL, Status.ERROR, bad, message=bad, seen=bad, expected=bad, hint=bad)
    check = replace(check, location=samples.place(3, "", ILLEGAL, "", function=ILLEGAL, file=ILLEGAL))
    exercise = samples.exercise("5.1.1", bad, check, name=ILLEGAL)
    result = samples.result(exercise, submission=ILLEGAL, versions=((ILLEGAL, ILLEGAL),), created=ILLEGAL, notes=(bad,))
    suite = read(result)[0]
    one_line = "a\\x00b\\x08c\\x0bd\\ud800e\\ufffef\\uffffg\\x1fh\\x7fi\\u202ej]]>k&l<m>n\"o'p q"
    assert suite.get("name") == one_line
    case = suite.find("testcase")
    assert case is not None and case.get("name") == one_line
    assert f"Seen:\n{one_line[:-2]}\nq\n" in (case[0].text or "")


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_submission_without_a_name(name):
    """A suite has a name in any case."""
    assert read(replace(samples.usual(), submission=name))[0].get("name") == "ex5"


def test_results_are_taken_one_by_one():
    """A result is asked for when its piece is, and written whole before the next one."""
    asked: list[int] = []

    def results() -> Iterator[Result]:
        for number in range(3):
            asked.append(number)
            yield samples.all_passed()

    pieces = junit_xml(results())
    assert next(pieces).startswith("<?xml") and asked == []
    assert next(pieces).count("</testsuite>") == 1 and asked == [0]
    assert len(list(pieces)) == 3 and asked == [0, 1, 2]


def test_memory_stays_flat():
    """A thousand results take a small part of the memory that their text would take."""
    check = samples.check("c", Status.FAILED)
    few = samples.result(samples.exercise("5.1.1", Text("A"), *(replace(check, name=f"c{i}") for i in range(3))))
    tracemalloc.start()
    try:
        written = sum(len(piece) for piece in junit_xml(replace(few, seed=seed) for seed in range(1000)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert written > 1_000_000
    assert peak < 300_000
