"""From submissions to results: repeatable, independent of each other and of order, and complete where we say so."""

from __future__ import annotations

import dataclasses
import json
import sys

import pytest

from grader.catalogue import load_assignment
from grader.judge.marking import mark, versions
from grader.results import Result, Status, Text, to_json

RANDOM = """
    @pytest.fixture
    def x(): return torch.rand(3)

    @probe
    def noise(student, x): return student.noise(), x

    def test_noise(noise): assert noise == "shown"
    def test_input(x, noise): assert x.tolist() == "shown"
"""
NOISE = """
    import random
    import torch
    def noise(): return [torch.rand(1).item(), random.random()]
"""


def plain(result: Result) -> str:
    """Return a result as text, without what depends on the clock."""

    def still(value):
        if isinstance(value, dict):
            return {key: still(item) for key, item in value.items() if key not in ("seconds", "created")}
        return [still(item) for item in value] if isinstance(value, list) else value

    return json.dumps(still(json.loads(to_json(result))))


def statuses(result: Result) -> dict[str, list[str]]:
    """Return the statuses of all checks by exercise."""
    return {exercise.name: [check.status.value for check in exercise.checks] for exercise in result.exercises}


def test_compared_values_come_in_both_languages(course):
    """What was seen and expected goes through pytest's report in English and in Chinese."""
    spec = """
        import torch

        @probe
        def made(student): return student.make()

        def test_first(made): assert torch.equal(made, torch.ones(3)), "other"
        def test_shape(made): assert made.tolist() == [1, 1]
        def test_close(made): torch.testing.assert_close([made], [torch.ones(2)])
        def test_many(made): assert len(made) > 2
    """
    (result,) = course.mark(course.assignment({"ex_compared": spec}), "import torch\ndef make(): return torch.zeros(2)")
    found = {check.name: (check.seen, check.expected) for check in result.exercises[0].checks}
    assert found == {
        "test_first": (Text(), Text()),
        "test_shape": (Text("[0.0, 0.0]", "[0.0, 0.0]"), Text("[1, 1]", "[1, 1]")),
        "test_close": (
            Text("item [0], at [0]: 0 (2 of 2 values differ)", "[0] 处：第 [0] 项为 0（2 个值中有 2 个不同）"),
            Text("item [0], at [0]: 1", "[0] 处：第 [0] 项为 1"),
        ),
        "test_many": (Text("2", "2"), Text("more than 2", "大于 2")),
    }
    assert result.exercises[0].checks[2].status is Status.FAILED


# Repeatable


def test_the_same_seed_gives_the_same_bytes(course):
    """The same submission and seed give the same result, however often and after whatever else."""
    assignment = course.assignment(RANDOM)
    first, other, again = course.mark(assignment, NOISE, "def noise(): return 1", NOISE, seed=5)
    (later,) = course.mark(assignment, NOISE, seed=5)
    assert plain(dataclasses.replace(again, submission="student 0")) == plain(first) == plain(later)
    assert plain(other) != plain(first)
    assert first.seed == 5


def test_another_seed_gives_other_inputs(course):
    """Inputs of the judge and random numbers of the student's code follow the seed."""
    assignment = course.assignment(RANDOM)
    (one,), (two,) = course.mark(assignment, NOISE, seed=1), course.mark(assignment, NOISE, seed=2)
    for left, right in zip(one.exercises[0].checks, two.exercises[0].checks, strict=True):
        assert left.seen != right.seen


def test_a_check_does_not_change_anothers_inputs(course):
    """A fixture's random values are the same whichever checks, fixtures and probes run before it."""
    checks = {
        "one": "def test_x(seen, x): assert (x.tolist(), seen) == 0",
        "two": (
            "@pytest.fixture\ndef early(): return torch.rand(100)\n"
            "def test_a(seen, early): torch.rand(5)\n"
            "def test_x(early, seen, x): assert (x.tolist(), seen) == 0"
        ),
    }
    shown = []
    for text in checks.values():
        spec = (
            "@pytest.fixture\ndef x(): return torch.rand(2)\n@probe\ndef seen(student): return student.draw()\n" + text
        )
        found = course.mark(
            course.assignment({"ex_same_draws": spec}), "import torch\ndef draw(): return torch.rand(1)"
        )
        shown.append(found[0].exercises[0].checks[-1].seen)
        sys.modules.pop("ex_same_draws.spec", None)
    assert shown[0] == shown[1]


# Independent


THREE = {
    "ex_patch": """
        @probe
        def value(student, request=None): return student.value()

        @pytest.fixture
        def shared(): return 1

        def test_a(value, shared): assert value == shared
    """,
    "ex_sum": """
        @pytest.fixture
        def x(): return torch.rand(4)

        @probe
        def shared(student, x): return student.value(x)

        @pytest.fixture
        def value(): return torch.rand(2)

        def test_b(shared, x, value): assert_close(shared, x.sum())
    """,
    "ex_broken": """
        @pytest.fixture
        def shared(): raise ValueError("a fault of the spec")

        @probe
        def value(student, shared): return 1

        def test_c(value): pass
    """,
}


def three(course):
    """Return an assignment of three exercises whose fixtures share names, and a work for it."""
    number = len(list(course.folder.iterdir()))
    names = {name: f"{name}_{number}" for name in THREE}
    specs = {names[name]: spec.replace(", request=None", "") for name, spec in THREE.items()}
    work = {
        names["ex_patch"]: "import torch\ntorch.Tensor.sum = None\ntorch.manual_seed = None\ndef value(): return 1",
        names["ex_sum"]: "def value(x): return x.sum()",
        names["ex_broken"]: "",
    }
    return course.assignment(specs), work


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_exercises_changes_nothing(course, order):
    """Exercises whose fixtures share names, one of which patches torch, have the same result in any order."""
    assignment, work = three(course)
    (result,) = course.mark(assignment, work, order=order)
    found = {name.rpartition("_")[0]: ends for name, ends in statuses(result).items()}
    assert found == {"ex_patch": ["passed"], "ex_sum": ["passed"], "ex_broken": ["grader_error"]}


def test_one_exercise_alone_has_the_same_result(course):
    """Marking part of an assignment gives each exercise what marking all of it does."""
    assignment, work = three(course)
    (whole,) = course.mark(assignment, work)
    for place, exercise in enumerate(assignment.exercises):
        part = dataclasses.replace(assignment, exercises=(exercise,))
        (result,) = course.mark(part, work)
        alone, among = (
            dataclasses.replace(
                found, seconds=0, checks=tuple(dataclasses.replace(check, seconds=0) for check in found.checks)
            )
            for found in (result.exercises[0], whole.exercises[place])
        )
        assert alone == among


def test_submissions_do_not_influence_each_other(course):
    """Each submission of a session gets what it deserves, whoever was marked before it."""
    spec = """
        @probe(scope="module")
        def wide(student): return student.value()

        @probe
        def value(student): return student.value()

        @pytest.fixture(scope="session")
        def kept(): return []

        def test_a(wide, kept):
            kept.append(1)
            assert len(kept) == 1
            assert wide == 1

        def test_b(value): assert value == 1
    """
    works = {
        "def value(): return 1": 10,
        "def value(): return 2": 0,
        "import os\nos._exit(0)": 0,
        "def value(:": 0,
        "import builtins, torch\nbuiltins.round = torch.rand = None\ndef value(): return 1": 10,
        None: 0,
        "value = ...": 0,
    }
    order = [*works, *reversed(works)]
    found = course.mark(course.assignment(spec), *order)
    assert [result.score for result in found] == [works[work] for work in order]
    ends = [result.exercises[0].status.value for result in found[:7]]
    assert ends == ["passed", "failed", "crashed", "error", "passed", "missing", "not_attempted"]
    assert all(result.complete for result in found)


def test_submissions_are_taken_one_by_one(course):
    """The next submission is asked for when the one before is marked, so that a class need not be in memory."""
    events = []
    assignment = course.assignment("@probe\ndef value(student): return 1\ndef test_a(value): pass")
    (done,) = course.mark(assignment, "")

    def submissions():
        from grader.submission import Source, Submission

        name = assignment.exercises[0].name
        for number in range(2):
            events.append(f"asked {number}")
            yield Submission(f"s{number}", {name: Source(name, f"{name}.py", b"")})

    mark(
        assignment,
        list(assignment.exercises),
        course.sandbox,
        submissions(),
        lambda result: events.append(f"marked {result.submission}"),
        lambda exercise, status: events.append(status.value),
    )
    assert events == ["asked 0", "passed", "marked s0", "asked 1", "passed", "marked s1"]
    assert done.complete


def test_two_assignments_may_use_the_same_names(course):
    """Marking two assignments in one process, each exercise is marked by its own spec."""
    texts = [f"@probe\ndef value(student): return 1\ndef test_a(value): assert value == {n}" for n in (1, 2)]
    scores = []
    try:
        for text in texts:
            (result,) = course.mark(course.assignment({"ex_same_name": text}), "")
            scores.append(result.score)
    finally:
        sys.modules.pop("ex_same_name.spec", None)
    assert scores == [10, 0]


def test_an_exercise_of_one_may_be_a_module_of_the_next(course):
    """The folder of an exercise is not left behind as a package, in place of a module beside other exercises."""
    course.mark(course.assignment({"ex_of_one": "@probe\ndef v(student): return 1\ndef test_a(v): assert v"}), "")
    assert "ex_of_one" not in sys.modules
    text = "from ex_of_one import ONE\n@probe\ndef v(student): return ONE\ndef test_a(v): assert v == 1"
    assignment = course.assignment({"other": text})
    (assignment.folder / "ex_of_one.py").write_text("ONE = 1\n")
    (result,) = course.mark(assignment, "")
    assert result.score == 10


# The result


def test_what_is_in_a_result(course):
    """A result names assignment, submission, seed, sandbox, versions and notes."""
    note = Text("careful", "小心")
    assignment = course.assignment("@probe\ndef value(student): return 1\ndef test_a(value): pass")
    (result,) = course.mark(assignment, "print('hello')", seed=3, notes=(note,))
    assert (result.assignment, result.title, result.submission) == (assignment.name, assignment.title, "student 0")
    assert (result.seed, result.sandbox, result.notes) == (3, "bubblewrap", (note,))
    assert result.versions == versions()
    assert {name for name, _ in result.versions} == {"grader", "torch", "python"}
    # A version that is of a class of torch would have everyone who reads the result import torch.
    assert {type(version) for _, version in result.versions} == {str}
    (exercise,) = result.exercises
    assert (exercise.id, exercise.title.en, exercise.file) == ("1.1", "T1", f"{exercise.name}.py")
    assert exercise.output == "hello\n"
    assert result.created.endswith("+00:00")


def test_what_code_prints_is_kept_for_its_exercise(course):
    """Output of import and probes, also of processes that ended, is kept in order, and for its own exercise."""
    spec = """
        @probe
        def value(student): return student.say()

        @probe
        def leaves(student): return student.leave()

        def test_a(value): pass
        def test_b(leaves): pass
        def test_c(value): pass
    """
    work = """
        import os, sys
        print("import")
        def say(): print("say")
        def leave():
            print("leave", file=sys.stderr, flush=True)
            os._exit(0)
    """
    assignment = course.assignment({"ex_says": spec, "ex_silent": spec.replace("student.say()", "1")})
    (result,) = course.mark(assignment, {"ex_says": work, "ex_silent": "def leave(): pass"})
    assert result.exercises[0].output == "import\nsay\nleave\nimport\nsay\n"
    assert result.exercises[1].output == ""


def test_points_of_exercises_add_up(course):
    """The score of a submission is the sum over its exercises, each with its own points."""
    spec = "@probe\ndef value(student): return student.value\ndef test_a(value): assert value == 1\n"
    assignment = course.assignment({"ex_first_sum": spec, "ex_second_sum": spec})
    path = assignment.folder / "assignment.toml"
    path.write_text(path.read_text().replace("points = 10", "points = 2.5", 1))
    assignment = load_assignment(assignment.folder)
    (result,) = course.mark(assignment, {"ex_first_sum": "value = 1", "ex_second_sum": "value = 2"})
    assert (result.score, result.max_score) == (2.5, 12.5)
    assert [(exercise.score, exercise.max_score) for exercise in result.exercises] == [(2.5, 2.5), (0, 10)]
    assert not result.passed


@pytest.mark.parametrize(
    "broken",
    ["def broken(:", "import nowhere_to_be_found", "raise ValueError('at import')", "", "@probe\ndef p(): pass"],
    ids="syntax import raises empty probe".split(),
)  # fmt: skip
def test_a_spec_that_cannot_be_read_is_our_fault(course, broken):
    """Such an exercise is a grader error worth its points; the other exercises are marked as ever."""
    good = "@probe\ndef value(student): return 1\ndef test_a(value): pass\n"
    number = sum(map(ord, broken))
    names = [f"ex_good_{number}", f"ex_bad_{number}", f"ex_bad_{number}_not"]
    assignment = course.assignment(dict(zip(names, (good, broken, good), strict=True)))
    (result,) = course.mark(assignment, "")
    ends = [exercise.status for exercise in result.exercises]
    assert ends == [Status.PASSED, Status.GRADER_ERROR, Status.PASSED]
    (check,) = result.exercises[1].checks
    assert (check.max_score, check.score) == (10, 0)
    assert "cannot be read" in check.message.en
    assert (result.score, result.max_score, result.complete) == (20, 30, False)


def test_why_a_spec_cannot_be_read_is_told(course):
    """The message has the end of what went wrong."""
    (result,) = course.mark(course.assignment("import nowhere_to_be_found"), "")
    assert "nowhere_to_be_found" in result.exercises[0].checks[0].message.en


def test_the_environment_of_a_user_changes_nothing(course, monkeypatch):
    """Options for pytest in the environment are not ours, and are there again afterwards."""
    import os

    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    path = list(sys.path)
    (result,) = course.mark(course.assignment("@probe\ndef value(student): return 1\ndef test_a(value): pass"), "")
    assert result.score == 10
    assert (os.environ["PYTEST_ADDOPTS"], os.environ["PYTEST_PLUGINS"]) == ("--no-such-option", "no_such_plugin")
    assert "PYTEST_DISABLE_PLUGIN_AUTOLOAD" not in os.environ
    assert sys.path == path


def test_nothing_is_written_beside_the_specs(course):
    """Marking leaves the folder of an assignment as it was."""
    assignment = course.assignment("@probe\ndef value(student): return 1\ndef test_a(value): pass")
    before = sorted(assignment.folder.rglob("*"))
    course.mark(assignment, "")
    assert sorted(assignment.folder.rglob("*")) == before


# Diagnoses


MISTAKES = """
    [one]
    fails = ["test_a"]
    book = "5.1"
    en = { happened = "H1", matters = "M1", try = "T1" }
    zh = { happened = "发生", matters = "原因", try = "试试" }

    [both]
    fails = ["test_a", "test_b"]
    en = { happened = "H2", matters = "M2", try = "T2" }

    [both_too]
    fails = ["test_b", "test_a"]
    en = { happened = "H3", matters = "M3", try = "T3" }

    [both_again]
    fails = ["test_b", "test_a"]
    en = { happened = "H4", matters = "M4", try = "T4" }
"""


def test_a_diagnosis_needs_exactly_its_checks_to_fail(course):
    """A known mistake is named when its checks fail and no others do; of several the first."""
    spec = """
        @probe
        def value(student): return student.value

        def test_a(value): assert "a" in value
        def test_b(value): assert "b" in value
        def test_c(value): assert "c" in value
    """
    assignment = course.assignment(spec, mistakes__toml=MISTAKES)
    works = [f"value = {text!r}" for text in ("abc", "bc", "c", "ac", "b", "")]
    works += ["value = ...", "other = 1", "value = 1 / 0"]
    found = course.mark(assignment, *works)
    names = [[diagnosis.name for diagnosis in result.exercises[0].diagnoses] for result in found]
    assert names == [[], ["one"], ["both"], [], [], [], [], [], []]
    diagnosis = found[1].exercises[0].diagnoses[0]
    assert (diagnosis.happened, diagnosis.matters, diagnosis.advice) == (
        Text("H1", "发生"), Text("M1", "原因"), Text("T1", "试试"),
    )  # fmt: skip
    assert diagnosis.book == "5.1"


def test_a_grader_error_is_no_sign_of_a_mistake(course):
    """Where a check could not be decided, no mistake is diagnosed."""
    spec = """
        @probe
        def value(student): return student.value

        def test_a(value): assert value == 1
        def test_b(value): undefined_name
    """
    mistakes = '[one]\nfails = ["test_a", "test_b"]\nen = { happened = "H", matters = "M", try = "T" }\n'
    (result,) = course.mark(course.assignment(spec, mistakes__toml=mistakes), "value = 2")
    assert result.exercises[0].diagnoses == ()


def test_attempts_that_are_sure_are_reported(course):
    """Bytes written to the grader's own channel are told of; the same answer without them, or a crash, is not."""
    spec = """
        @probe
        def two(student): return student.two()

        def test_two(two): assert two == 2
    """
    forged = "import os\ndef two():\n    os.write(3, b'\\0' * 64)\n    return 2\n"
    crash = "import os\ndef two():\n    os._exit(3)\n"
    tried, right, left = course.mark(course.assignment(spec), forged, "def two(): return 2\n", crash)
    assert (tried.score, right.score, left.score) == (0, 10, 0)
    assert [sign.en for sign in tried.exercises[0].signs] == [
        "The process wrote to the grader's own channel what is no reply."
    ]
    assert right.exercises[0].signs == left.exercises[0].signs == ()
