"""Findings: each kind is found in outcomes made by hand, and a clean exercise has none."""

from dataclasses import replace

import pytest

from grader.catalogue import Exercise
from grader.limits import Limits
from grader.results import CheckResult, Status, Text
from grader.submission.contract import Contract
from grader.verify import findings
from grader.verify.cases import Case, Kind
from grader.verify.mutants import Equivalent, Key, Mutant
from grader.verify.outcomes import Outcome, Trial

CHECKS = ("test_a", "test_b")
MISTAKES = """
[one]
fails = ["test_a"]
en = { happened = "x", matters = "y", try = "z" }
zh = { happened = "甲", matters = "乙", try = "丙" }

[two]
fails = ["test_b"]
en = { happened = "x", matters = "y", try = "z" }
zh = { happened = "甲", matters = "乙", try = "丙" }
"""


@pytest.fixture
def exercise(tmp_path):
    for language in ("en", "zh"):
        (tmp_path / f"statement.{language}.md").write_text("A statement.", encoding="utf-8")
    (tmp_path / "mistakes.toml").write_text(MISTAKES, encoding="utf-8")
    (tmp_path / "checks.zh.toml").write_text('[test_a]\ntitle = "甲"\n', encoding="utf-8")
    return Exercise("ex", "1.1", Text("A title", "标题"), 2.0, "", tmp_path, Limits())


@pytest.fixture
def made(exercise):
    """Make an outcome: a case of a kind that fails some checks with a status."""

    def make(kind, name="", failed=(), status=Status.FAILED, seed=0, diagnoses=None):
        why = "the grader fell over" if status is Status.GRADER_ERROR else ""
        case = Case(exercise, kind, name or kind.value, b"")
        checks = tuple(
            CheckResult(check, Text(f"Title of {check}", "标题"), ended, float(ended is Status.PASSED), 1.0, Text(why))
            for check in CHECKS
            for ended in [status if check in failed else Status.PASSED]
        )
        told = (name,) if kind is Kind.MISTAKE and failed and diagnoses is None else diagnoses or ()
        return Outcome(case, seed, float(len(CHECKS) - len(failed)), float(len(CHECKS)), checks, tuple(told))

    return make


@pytest.fixture
def clean(made):
    return [
        made(Kind.SOLUTION),
        made(Kind.VARIANT, "other"),
        made(Kind.STUB, failed=CHECKS, status=Status.NOT_ATTEMPTED),
        made(Kind.MISTAKE, "one", ["test_a"]),
        made(Kind.MISTAKE, "two", ["test_b"]),
    ]


def test_clean_outcomes_have_no_findings(exercise, clean):
    """Cases that do what they should give no finding, whichever seed."""
    assert findings.of_outcomes(exercise, clean) == []
    assert findings.of_texts(exercise, clean[0]) == []
    assert findings.of_seeds(clean, [replace(outcome, seed=1) for outcome in clean]) == []


FAULTS = {
    "solution is right but loses points: test_a": lambda made, o: [made(Kind.SOLUTION, failed=["test_a"]), *o[1:]],
    "variant/other is right but loses": lambda made, o: [o[0], made(Kind.VARIANT, "other", ["test_b"]), *o[2:]],
    "stub passes test_b": lambda made, o: [*o[:2], made(Kind.STUB, failed=["test_a"]), *o[3:]],
    "mistake/one gets full marks": lambda made, o: [*o[:3], made(Kind.MISTAKE, "one"), o[4]],
    "no mistake fails test_a: it is not proven": lambda made, o: [*o[:3], made(Kind.MISTAKE, "one"), o[4]],
    "mistake/one also fails test_b": lambda made, o: [*o[:3], made(Kind.MISTAKE, "one", CHECKS), o[4]],
    "mistake/two also fails test_a and does not fail test_b": lambda made, o: [
        *o[:4],
        made(Kind.MISTAKE, "two", ["test_a"]),
    ],
    "mistake/three is not in mistakes.toml; it fails test_a": lambda made, o: [
        *o,
        made(Kind.MISTAKE, "three", ["test_a"]),
    ],
    "mistakes.toml: [two] has no file": lambda made, o: o[:4],
    "mistake/one is diagnosed as two": lambda made, o: [
        *o[:3],
        made(Kind.MISTAKE, "one", ["test_a"], diagnoses=["two"]),
        o[4],
    ],
    "mistake/one is diagnosed as nothing": lambda made, o: [
        *o[:3],
        made(Kind.MISTAKE, "one", ["test_a"], diagnoses=[]),
        o[4],
    ],
    "solution: test_a: the grader fell over": lambda made, o: [
        made(Kind.SOLUTION, failed=["test_a"], status=Status.GRADER_ERROR),
        *o[1:],
    ],
}


@pytest.mark.parametrize("expected", FAULTS)
def test_fault_of_a_case_is_found(exercise, made, clean, expected):
    """Each way in which a case can be wrong is found and named."""
    lines = findings.of_outcomes(exercise, FAULTS[expected](made, clean))
    assert [line for line in lines if expected in line]


def test_check_that_is_not_run_needs_no_mistake(exercise, made, clean):
    """A check that this machine cannot run is neither lost nor unproven."""
    outcomes = [
        replace(o, checks=(replace(o.checks[0], status=Status.NOT_RUN), *o.checks[1:])) for o in (*clean[:3], clean[4])
    ]
    assert findings.of_outcomes(exercise, outcomes) == ["mistakes.toml: [one] has no file"]


def test_change_with_the_seed_is_found(made, clean):
    """An outcome that another seed changes is found."""
    other = [replace(outcome, seed=1) for outcome in clean]
    other[1] = made(Kind.VARIANT, "other", ["test_a"], seed=1)
    assert findings.of_seeds(clean, other) == ["variant/other: test_a is passed with seed 0, failed with seed 1"]


def test_missing_statement_is_found(exercise, clean):
    """A statement missing in one language is found."""
    (exercise.folder / "statement.zh.md").unlink()
    assert findings.of_texts(exercise, clean[0]) == ["statement.zh.md is missing"]


@pytest.mark.parametrize(
    ("title", "hint", "expected"),
    [
        (Text("Title"), Text(), "test_a has no title in zh"),
        (Text("test_a", "标题"), Text(), "test_a has no title in en"),
        (Text("Title", "标题"), Text("Hint"), "test_a has no hint in zh"),
    ],
)
def test_missing_text_of_a_check_is_found(exercise, clean, title, hint, expected):
    """A check's title or hint missing in one language is found."""
    solution = clean[0]
    checks = (replace(solution.checks[0], title=title, hint=hint), *solution.checks[1:])
    assert findings.of_texts(exercise, replace(solution, checks=checks)) == [expected]


def test_missing_title_of_the_exercise_is_found(exercise, clean):
    """An exercise without a title in one language is found."""
    untitled = replace(exercise, title=Text("A title"))
    assert findings.of_texts(untitled, clean[0]) == ["assignment.toml: the exercise has no title in zh"]


def test_texts_of_no_check_are_found(exercise, clean):
    """Texts for a check that does not exist, and mistakes that name one, are found."""
    (exercise.folder / "checks.zh.toml").write_text('[test_c]\ntitle = "丙"\n', encoding="utf-8")
    (exercise.folder / "mistakes.toml").write_text(MISTAKES.replace("test_b", "test_c"), encoding="utf-8")
    assert findings.of_texts(exercise, clean[0]) == [
        "checks.zh.toml: [test_c] is no check",
        "mistakes.toml: [two] names test_c, which is no check",
    ]


def test_diagnosis_in_one_language_is_found(exercise, clean):
    """A diagnosis that lacks one of its texts in one language is found."""
    (exercise.folder / "mistakes.toml").write_text(MISTAKES.replace(', try = "丙"', "", 1), encoding="utf-8")
    assert findings.of_texts(exercise, clean[0]) == ["mistakes.toml: [one] lacks a text in zh"]


@pytest.mark.parametrize(
    ("solution", "expected"),
    [
        ("class A:\n    def f(self, x: int = 1) -> int: ...\n    def _own(self): ...", []),
        ("class A:\n    def f(self, x: int) -> int: ...", ["A.f(self, x: int=1) -> int in the stub is"]),
        ("class A: ...", ["the solution does not define A.f, which the stub does"]),
    ],
)
def test_signatures_are_compared(exercise, solution, expected):
    """A signature in the stub that the solution does not have is found; what the solution adds is its own affair."""
    stub = Case(exercise, Kind.STUB, "stub", b"class A:\n    def f(self, x: int = 1) -> int: ...")
    lines = findings.of_signatures(stub, Case(exercise, Kind.SOLUTION, "solution", solution.encode()))
    assert len(lines) == len(expected)
    assert all(line.startswith(start) for line, start in zip(lines, expected, strict=True))


def test_names_of_another_exercise_are_found():
    """A name that two exercises ask for is found, and one that is asked for here and given there."""
    own = Contract("own", (1, 1), frozenset({"count", "Net", "mine"}), frozenset({"helper", "MLP"}))
    others = {
        "1.2": Contract("second", (1, 2), frozenset({"count", "other"}), frozenset({"Net"})),
        "1.3": Contract("third", (1, 3), frozenset({"MLP"}), frozenset({"helper"})),
    }
    assert findings.of_names(own, others) == [
        "`count` is also asked for by 1.2",
        "`Net` is also in the stub of 1.2",
        "`MLP` is also in the stub of 1.3",
    ]
    assert findings.of_names(Contract("own", (1, 1), frozenset({"mine"}), frozenset({"helper"})), others) == []


@pytest.fixture
def trial(made):
    """Make a mutant that fails some checks, and may be listed as equivalent."""

    def make(number, failed=(), status=Status.FAILED, reason=""):
        mutant = Mutant(f"m{number}", Key("op", "a", "b", number), "", "")
        return Trial(mutant, made(Kind.MUTANT, mutant.name, failed, status), reason)

    return make


def test_enough_killed_mutants_are_no_finding(made, trial):
    """With 19 of 20 mutants killed and an equivalent one listed, nothing is wrong."""
    trials = [trial(1), trial(2, reason="why"), *(trial(n, ["test_a"]) for n in range(3, 22))]
    listed = [Equivalent(Key("op", "a", "b", 2), "why")]
    assert findings.of_mutants(made(Kind.SOLUTION), trials, listed) == []


def test_too_many_survivors_are_found(made, trial):
    """With 18 of 20 mutants killed, too few are."""
    trials = [trial(1), trial(2), *(trial(n, ["test_a"]) for n in range(3, 21))]
    (line,) = findings.of_mutants(made(Kind.SOLUTION), trials, [])
    assert line == "only 18 of 20 mutants are killed, fewer than 95%"


def test_grader_error_does_not_kill(made, trial):
    """A mutant on which the grader fails is a finding and no success."""
    first, second = findings.of_mutants(made(Kind.SOLUTION), [trial(1, ["test_a"], Status.GRADER_ERROR)], [])
    assert first == "mutant/m1: test_a: the grader fell over"
    assert second == "only 0 of 1 mutants are killed, fewer than 95%"


def test_untrue_entries_of_equivalents_are_found(made, trial):
    """An entry that matches no mutant, and one whose mutant fails a check, are found."""
    listed = [Equivalent(Key("op", "a", "b", 1), "why"), Equivalent(Key("op", "gone", "b"), "why")]
    assert findings.of_mutants(made(Kind.SOLUTION), [trial(1, ["test_b"], reason="why")], listed) == [
        "equivalent.toml lists m1, but it fails test_b: not equivalent",
        "equivalent.toml: no mutant is op: 'gone' -> 'b' any more",
    ]


def test_solution_too_slow_for_mutants_is_found(made):
    """Where the solution itself does not pass within the limits of mutants, killing means nothing."""
    solution = made(Kind.SOLUTION, failed=["test_a"], status=Status.TIMEOUT)
    assert findings.of_mutants(solution, [], []) == ["the solution fails test_a within the time limits of mutants"]
