"""What a course author writes in a spec does what it says, and faults go to whoever made them."""

from __future__ import annotations

import pytest

from grader.results import Status, Text
from grader.sandbox.process import SandboxError

PASSED, FAILED, ERROR, GRADER_ERROR = Status.PASSED, Status.FAILED, Status.ERROR, Status.GRADER_ERROR


def statuses(checks):
    """Return the statuses of checks by name."""
    return {name: check.status for name, check in checks.items()}


# Probes and fixtures


def test_a_probe_gets_copies_of_fixtures(course):
    """A probe's parameters are ordinary fixtures, made in the judge; what student code does to them stays there."""
    spec = """
        @pytest.fixture
        def x(): return torch.ones(3)

        @pytest.fixture
        def both(x): return {"x": x, "n": [1, 2]}

        @probe
        def spoilt(student, both, x): return student.spoil(both, x)

        def test_inputs_are_untouched(spoilt, both, x):
            assert x.tolist() == both["x"].tolist() == [1, 1, 1]
            assert both["n"] == [1, 2]

        def test_value(spoilt):
            assert spoilt == {"x": [0, 0, 0], "n": [1, 2, 3]}
    """
    work = """
        def spoil(both, x):
            both["x"].zero_(); both["n"].append(3)
            return {"x": [int(n) for n in both["x"]], "n": both["n"]}
    """
    assert set(statuses(course.checks(spec, work)).values()) == {PASSED}


def test_params_of_a_probe(course):
    """A probe with params runs once for each; `request` in its body stands for the parameter."""
    spec = """
        @probe(params=[1, 2, 3])
        def result(student, request): return student.double(request), request

        def test_double(result): assert result[0] == 2 * result[1]
    """
    found = course.checks(spec, "def double(x): return 4 if x == 3 else 2 * x")
    assert statuses(found) == {"test_double[1]": PASSED, "test_double[2]": PASSED, "test_double[3]": FAILED}
    assert found["test_double[1]"].title.en == "test_double"


def test_params_of_fixtures_and_checks(course):
    """Parametrised fixtures and checks work as pytest documents them."""
    spec = """
        @pytest.fixture(params=["a", "b"])
        def letter(request): return request.param

        @probe
        def said(student, letter): return student.say(letter)

        @pytest.mark.parametrize("times", [1, 2])
        def test_said(said, letter, times): assert said * times == letter * times
    """
    found = course.checks(spec, "def say(x): return x")
    assert len(found) == 4
    assert set(statuses(found).values()) == {PASSED}


def test_a_probe_of_module_scope_runs_once(course):
    """scope="module" runs a probe once for all checks of a spec; the default runs it for each."""
    spec = """
        @probe(scope="module")
        def once(student): return student.count()

        @probe
        def each(student): return student.count()

        def test_a(once): assert once == 1
        def test_b(once): assert once == 1
        def test_c(each): assert each == 2
        def test_d(each): assert each == 3
        def test_e(once, each): assert (once, each) == (1, 4)
    """
    work = """
        calls = []
        def count():
            calls.append(1)
            return len(calls)
    """
    assert set(statuses(course.checks(spec, work)).values()) == {PASSED}


def test_a_fresh_probe_knows_nothing_of_others(course):
    """fresh=True runs in a process that has run no other probe; the others go on in theirs."""
    spec = """
        @probe
        def usual(student): return student.count()

        @probe(fresh=True)
        def fresh(student): return student.count()

        def test_a(usual): assert usual == 1
        def test_b(fresh): assert fresh == 1
        def test_c(usual): assert usual == 2
        def test_d(usual): assert usual == 3
    """
    work = "calls = []\ndef count():\n    calls.append(1)\n    return len(calls)\n"
    assert set(statuses(course.checks(spec, work)).values()) == {PASSED}


def test_a_probe_may_use_helpers_and_error_of(course):
    """Helpers of the spec and `error_of` go along with a probe."""
    spec = """
        LIMIT = 3

        def helper(call): return error_of(call, LIMIT)

        @probe
        def errors(student): return [helper(student.good), helper(student.bad)]

        def test_errors(errors): assert errors == [None, (["ValueError", "Exception", "BaseException", "object"], "no")]
    """
    work = "def good(x): return x\ndef bad(x): raise ValueError('no')\n"
    assert statuses(course.checks(spec, work)) == {"test_errors": PASSED}


def test_a_module_beside_the_exercises_goes_along(course):
    """A module in the assignment's folder can be imported by specs, and used in the bodies of probes."""
    spec = """
        from stand_in import twice

        @probe
        def result(student): return twice(student.value)

        def test_result(result): assert result == 84
    """
    assignment = course.assignment(spec)
    (assignment.folder / "stand_in.py").write_text("def twice(x):\n    return 2 * x\n")
    (result,) = course.mark(assignment, "value = 42")
    assert result.score == 10


# Whose fault


def test_every_way_to_end_has_its_status(course):
    """Each way in which student code or a check can end gives the status that is written for it."""
    spec = """
        @probe
        def right(student): return student.right()

        @probe
        def raises(student): return student.raises()

        @probe
        def leaves(student): return student.leaves()

        @probe
        def exits(student): return student.exits()

        @probe
        def absent(student): return student.absent_name()

        @probe
        def stub(student): return student.stub()

        @probe
        def dots(student): return student.dots

        @probe
        def greedy(student): return student.greedy()

        @probe
        def strange(student): return student.strange()

        def test_passed(right): assert right == 1
        def test_failed(right): assert right == 2
        def test_error(raises): pass
        def test_crashed(leaves): pass
        def test_crashed_exit(exits): pass
        def test_missing(absent): pass
        def test_not_attempted(stub): pass
        def test_not_attempted_dots(dots): pass
        def test_memory(greedy): pass
        def test_error_strange(strange): pass
        def test_not_run(right): pytest.skip("for a reason")
        def test_failed_by_hand(right): pytest.fail("for a reason")
        def test_failed_kind(right): right.shape
        def test_grader_error(right): undefined_name
    """
    work = """
        import os, sys
        dots = ...
        def right(): return 1
        def raises(): return 1 / 0
        def leaves(): os._exit(3)
        def exits(): sys.exit(3)
        def stub(): raise NotImplementedError
        def greedy(): return bytearray(2**40)
        def strange(): return object()
    """
    found = course.checks(spec, work)
    for name, check in found.items():
        assert name.removeprefix("test_").startswith(check.status.value), (name, check.message)
    assert "ZeroDivisionError" in found["test_error"].message.en
    assert found["test_error"].location.source[3].text == "def raises(): return 1 / 0"
    assert "exit status 3" in found["test_crashed"].message.en
    assert "sys.exit(3)" in found["test_crashed_exit"].message.en
    assert "for a reason" in found["test_not_run"].message.en
    assert found["test_failed_by_hand"].message.en == "for a reason"
    assert (found["test_failed"].seen, found["test_failed"].expected) == (Text("1", "1"), Text("2", "2"))
    assert found["test_passed"].score == found["test_passed"].max_score > 0


def test_a_check_after_a_crash_has_a_fresh_child(course):
    """After a time-out, an exit and a crash, the next check gets its value all the same."""
    spec = """
        @probe(params=["loop", "exit", "segfault", "fine"])
        def value(student, request): return student.run(request)

        def test_value(value): assert value == "fine"

        @probe
        def simple(student): return student.run("fine")

        def test_simple(simple): assert simple == "fine"
    """
    work = """
        import ctypes, os
        def run(how):
            if how == "loop":
                while True: pass
            if how == "exit": os._exit(0)
            if how == "segfault": ctypes.string_at(0)
            return how
    """
    found = course.checks(
        spec, work, limits=", probe_seconds = 1".replace("probe_seconds", "memory_mib").replace("= 1", "= 512")
    )
    ends = statuses(found)
    assert ends["test_value[loop]"] is Status.TIMEOUT
    assert ends["test_value[exit]"] is ends["test_value[segfault]"] is Status.CRASHED
    assert ends["test_value[fine]"] is ends["test_simple"] is PASSED


def test_a_fixture_on_values_of_a_probe_speaks_of_the_student(course):
    """A fixture that works on a probe's value and raises on it fails the checks; so does what is built on it."""
    spec = """
        @probe
        def value(student): return student.value()

        @pytest.fixture
        def first(value): return value[0]

        @pytest.fixture
        def doubled(first): return 2 * first

        def test_first(first): assert first == 1
        def test_doubled(doubled): assert doubled == 2
    """
    assert set(statuses(course.checks(spec, "def value(): return [1]")).values()) == {PASSED}
    found = course.checks(spec, "def value(): return None")
    assert set(statuses(found).values()) == {FAILED}
    assert found["test_first"].location.line == 1


@pytest.mark.parametrize("scope", ["function", "module"])
def test_a_fixture_of_the_spec_that_raises_is_our_fault(course, scope):
    """A fixture that has nothing to do with the student and raises is a grader error in every check that uses it."""
    spec = f"""
        @pytest.fixture(scope="{scope}")
        def broken(): raise ValueError("ours")

        @probe(scope="{scope}")
        def value(student, broken): return 1

        @probe
        def other(student): return 1

        def test_a(value): pass
        def test_b(value): pass
        def test_c(broken, other): pass
        def test_d(other): pass
    """
    found = statuses(course.checks(spec, ""))
    assert found == {"test_a": GRADER_ERROR, "test_b": GRADER_ERROR, "test_c": GRADER_ERROR, "test_d": PASSED}


def test_a_probe_that_fails_for_all_its_checks(course):
    """A module-wide probe on which the student's code raises gives every check that status."""
    spec = """
        @probe(scope="module")
        def value(student): return student.value()

        @pytest.fixture(scope="module")
        def part(value): return value[0]

        def test_a(value): pass
        def test_b(value): pass
        def test_c(part): pass
    """
    assert set(statuses(course.checks(spec, "def value(): return 1 / 0")).values()) == {ERROR}
    found = statuses(course.checks(spec, "def value(): return 5"))
    assert found == {"test_a": PASSED, "test_b": PASSED, "test_c": FAILED}


@pytest.mark.parametrize(
    ("probes", "check"),
    [
        ("@probe\ndef value(student): return undefined_helper(student)", "def test_a(value): pass"),
        ("@probe\ndef value(student, missing_fixture): return 1", "def test_a(value): pass"),
        ("@pytest.fixture\ndef x(): return (n for n in [1])\n@probe\ndef value(student, x): return 1",
         "def test_a(value): pass"),
        ("@probe\ndef value(student): return 1", "def test_a(): assert False"),
        ("@probe\ndef value(student): return 1", "def test_a(value): open('/nowhere')"),
    ],
    ids="undefined_name missing_fixture unpicklable no_probe file".split(),
)  # fmt: skip
def test_a_faulty_spec_is_never_a_students_zero(course, probes, check):
    """What is wrong with a spec is a grader error, and the result is marked incomplete."""
    assignment = course.assignment(probes + "\n\n" + check)
    (result,) = course.mark(assignment, "x = 1")
    assert result.exercises[0].checks[0].status is GRADER_ERROR
    assert not result.complete
    assert not result.passed
    assert result.has_grader_error


def test_a_sandbox_that_fails_is_our_fault(course, monkeypatch):
    """Where no process can be started, checks end as grader errors."""

    def refuse(limits):
        raise SandboxError("no more processes")

    monkeypatch.setattr(course.sandbox, "start", refuse)
    found = course.checks("@probe\ndef value(student): return 1\ndef test_a(value): pass", "")
    assert statuses(found) == {"test_a": GRADER_ERROR}
    assert "no more processes" in found["test_a"].message.en


def test_a_sandbox_that_fails_at_the_end_is_our_fault(course, monkeypatch):
    """Where a process cannot be given back, no check is blamed on the student."""

    def refuse(process):
        process.kill()
        raise SandboxError("does not end")

    monkeypatch.setattr(course.sandbox, "release", refuse)
    found = course.checks("@probe\ndef value(student): return 1\ndef test_a(value): pass", "")
    assert statuses(found) == {"test_a": GRADER_ERROR}


def test_an_own_fixture_that_cannot_be_undone_is_our_fault(course):
    """A fixture of the spec that raises as it is taken down is a grader error."""
    spec = """
        @pytest.fixture
        def broken():
            yield 1
            raise ValueError("ours")

        @probe
        def value(student, broken): return broken

        def test_a(value): assert value == 1
    """
    found = course.checks(spec, "")
    assert found["test_a"].status is GRADER_ERROR


def test_a_failed_check_stays_failed_whatever_its_fixtures_do(course):
    """Taking down a fixture does not hide how the check ended."""
    spec = """
        @pytest.fixture
        def resource():
            yield 1

        @probe
        def value(student, resource): return 2

        def test_a(value): assert value == 1
    """
    assert statuses(course.checks(spec, "")) == {"test_a": FAILED}


# Markers


def test_points_share_an_exercise(course):
    """Checks share the exercise's points by weight; those that pass give partial credit."""
    spec = """
        @probe
        def value(student): return student.value

        @pytest.mark.points(3)
        def test_a(value): assert value > 0
        @pytest.mark.points(0.5)
        def test_b(value): assert value > 1
        def test_c(value): assert value > 2
        @pytest.mark.points(0)
        def test_d(value): assert value > 3
    """
    assignment = course.assignment(spec)
    results = course.mark(assignment, "value = 1", "value = 2", "value = 3", "value = 4", "value = 0")
    assert [result.score for result in results] == [6.6667, 7.7778, 10, 10, 0]
    assert [check.max_score for check in results[0].exercises[0].checks] == [6.6667, 1.1111, 2.2222, 0]
    assert all(result.max_score == 10 for result in results)
    assert [result.exercises[0].status for result in results] == [FAILED, FAILED, FAILED, PASSED, FAILED]


def test_titles_and_hints_in_both_languages(course):
    """A docstring is the title, a marker the hint; checks.zh.toml has both in Chinese."""
    spec = '''
        @probe
        def value(student): return 1

        @pytest.mark.hint("Look at the shape.")
        def test_a(value):
            """The first title

            More of it.
            """

        def test_b(value): pass
    '''
    zh = '[test_a]\ntitle = "第一"\nhint = "看看形状。"\n'
    found = course.checks(spec, "", checks__zh__toml=zh)
    check = found["test_a"]
    assert (check.title.en, check.title.zh) == ("The first title", "第一")
    assert (check.hint.en, check.hint.zh) == ("Look at the shape.", "看看形状。")
    assert (found["test_b"].title.en, found["test_b"].hint.en) == ("test_b", "")


def test_a_limit_of_a_check(course):
    """The limits marker gives the probes of its check another limit, and no other check's."""
    spec = """
        import time

        @probe
        def slow(student): return student.nap(1.2)

        @probe(scope="module")
        def wide(student): return student.nap(1.3)

        @pytest.mark.limits(probe=4)
        def test_allowed(slow): pass
        def test_too_slow(slow): pass
        def test_wide_too_slow(wide): pass
    """
    work = "import time\ndef nap(seconds): time.sleep(seconds)\n"
    ends = statuses(course.checks(spec, work, seconds=0.4))
    assert ends == {"test_allowed": PASSED, "test_too_slow": Status.TIMEOUT, "test_wide_too_slow": Status.TIMEOUT}


@pytest.mark.parametrize("available", [False, True])
def test_a_check_that_needs_cuda(course, monkeypatch, available):
    """Without a device such a check is not run, gives no points and leaves the result incomplete."""
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: available)
    spec = """
        @probe
        def value(student): return student.value

        def test_a(value): assert value == 1

        @pytest.mark.cuda
        @pytest.mark.points(3)
        def test_b(value): assert value == 1
    """
    (result,) = course.mark(course.assignment(spec), "value = 1")
    first, second = result.exercises[0].checks
    assert first.status is PASSED
    if available:
        assert (second.status, result.score, result.complete) == (PASSED, 10, True)
    else:
        assert (second.status, second.score, second.max_score) == (Status.NOT_RUN, 0, 7.5)
        assert "CUDA" in second.message.en
        assert (result.score, result.max_score, result.complete) == (2.5, 10, False)
        assert result.exercises[0].status is Status.NOT_RUN
        assert result.passed


def test_a_check_that_is_not_run_and_gives_nothing_changes_nothing(course):
    """A skipped check of weight 0 leaves the exercise passed and the result complete."""
    spec = """
        @probe
        def value(student): return 1

        def test_a(value): pass

        @pytest.mark.points(0)
        def test_b(value): pytest.skip("no need")
    """
    (result,) = course.mark(course.assignment(spec), "")
    assert (result.score, result.complete, result.exercises[0].status) == (10, True, PASSED)


# Hostile values


@pytest.mark.parametrize("where", ["check", "fixture"])
def test_a_huge_text_is_compared_at_once(course, where):
    """A text made to be slow to compare line by line fails like any other, in a check and in a fixture."""
    claim = "assert value == expected"
    spec = f"""
        @pytest.fixture
        def expected(): return "\\n".join(f"line {{n}} of the expected text" for n in range(3000))

        @probe
        def value(student): return student.value

        @pytest.fixture
        def compared(value, expected):
            {claim if where == "fixture" else "pass"}

        def test_a(value, expected, compared):
            {claim}
    """
    work = 'value = "\\n".join(f"lime {n % 60} of the expexted text" for n in range(3000)) + "x" * 10**6\n'
    assignment = course.assignment(spec)
    (result,) = course.mark(assignment, work)
    (check,) = result.exercises[0].checks
    assert check.status is FAILED
    assert 0 < len(check.seen.en) <= 400
    assert 0 < len(check.seen.zh) <= 400
    assert len(check.message.en) <= 700


def test_lying_values_convince_nobody(course):
    """Values whose class claims to be equal to everything are compared as what they are."""
    spec = """
        @probe
        def value(student): return student.value

        def test_a(value): assert value == 5
        def test_b(value): assert type(value) is int
    """
    work = "class Liar(int):\n    __eq__ = lambda self, other: True\n    __hash__ = None\nvalue = Liar(3)\n"
    assert statuses(course.checks(spec, work)) == {"test_a": FAILED, "test_b": PASSED}
