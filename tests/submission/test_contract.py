"""An exercise is known by its number, its name and the names that its stub leaves to write."""

from __future__ import annotations

import pytest
from support import ROOT

from grader.catalogue import load_assignment
from grader.submission.contract import Contract, contract, numbers_in

TEMPLATE = ROOT / "student_template" / "ex5"
PARALLEL = contract("ex5_1_2_parallel", None, TEMPLATE)


@pytest.mark.parametrize(
    ("name", "number", "numbers"),
    [
        ("ex5_1_2_parallel", None, (5, 1, 2)),
        ("ex5_1_2_parallel", "7.3", (7, 3)),
        ("residual", None, ()),
        ("residual", "5.1.4", (5, 1, 4)),
        ("tiny_1_double", None, (1,)),
    ],
)
def test_numbers(name, number, numbers):
    """The number is the exercise's id, or what is in its name where that is not known."""
    assert contract(name, number, None).number == numbers


def test_names_of_a_stub():
    """What raises NotImplementedError or is three dots is to be written; the rest is given; imports are neither."""
    assert (PARALLEL.wanted, PARALLEL.given) == ({"Parallel"}, set())
    sequential = contract("ex5_1_1_sequential", None, TEMPLATE)
    assert sequential.wanted == {"MySequential", "MySequentialList", "LOST_IN_A_LIST"}
    saving = contract("ex5_5_3_save_architecture", None, TEMPLATE)
    assert (saving.wanted, saving.given) == ({"save_model", "load_model"}, {"MLP"})


def test_every_stub_wants_something():
    """All stubs of the course can be read for their names, and no two exercises want the same."""
    contracts = [contract(path.stem, None, TEMPLATE) for path in sorted(TEMPLATE.glob("*.py"))]
    asked = load_assignment(ROOT / "exercises" / "ex5").exercises
    assert {found.name for found in contracts} == {exercise.name for exercise in asked}
    names = [name for found in contracts for name in found.wanted]
    assert all(found.wanted for found in contracts)
    twice = {name for name in names if names.count(name) > 1}
    assert not twice, "each needs another name in one of the stubs"


def test_without_a_stub():
    """Where there is no stub, or no template, nothing is known of names, and nothing is untouched."""
    for found in (contract("nowhere", None, TEMPLATE), contract("ex5_1_2_parallel", None, None)):
        assert (found.wanted, found.given) == (set(), set())
        assert not found.is_untouched(b"")


@pytest.mark.parametrize(
    ("mark", "is_meant"),
    [
        ("5.1.2", True), ("ex5.1.2", True), ("ex5_1_2", True), ("5_1_2", True), ("5-1-2", True), ("5.1.2.", True),
        ("ex5_1_2_parallel", True), ("EX5_1_2_Parallel", True), ("ex5_1_2_parallel.py", True), ("exercise5.1.2", True),
        ("5.1", True), ("5", True), ("ex5", True),
        ("5.1.3", False), ("5.2", False), ("5.1.2.1", False), ("1.2", False), ("51.2", False), ("parallel", False),
        ("ex5_1_2_serial", False), ("5.1.2/5", False), ("", False), ("A+", False), ("5.1.99999999999999999999", False),
    ],
)  # fmt: skip
def test_what_a_marker_means(mark, is_meant):
    """A marker means an exercise by its number, its section or its name, and nothing else."""
    assert PARALLEL.is_meant(mark) is is_meant


@pytest.mark.parametrize(
    ("mark", "is_meant"),
    [
        ("1.2", True), ("1", True), ("ex5_warmup.1.2", True), ("ex5_warmup.1", True), ("ex5_warmup_1_2", True),
        ("warmup_1_2_module_list", True), ("warmup_1_2", True),
        ("ex5", False), ("5.1.2", False), ("ex5.1.2", False), ("ex5_warmup", False), ("ex5_warmup.2", False),
        ("ex5_warmup.5.1.2", False),
    ],
)  # fmt: skip
def test_what_a_marker_means_where_the_name_has_a_number_of_its_own(mark, is_meant):
    """The name of the assignment may stand before the number; a number in that name is not the exercise's."""
    exercise = contract("warmup_1_2_module_list", "1.2", None)
    assert exercise.is_meant(mark) is is_meant


@pytest.mark.parametrize(
    ("stem", "parts"),
    [
        ("ex5_1_2_parallel", 3), ("5.1.2", 3), ("ex5_1", 2), ("5.1 layers", 2), ("section_5_1", 2), ("hw1-5.1", 2),
        ("ex5", 1), ("chapter 5 (2)", 1), ("ex5_2", 0), ("5.2.1", 0), ("notes", 0), ("2026-01-05", 1), ("51", 0),
    ],
)  # fmt: skip
def test_how_far_a_file_is_named_for_it(stem, parts):
    """The more of the number stands in a file's name, the more it is meant; another number there is none of it."""
    assert PARALLEL.is_named(stem) == parts


def test_an_untouched_stub():
    """The stub is known again whatever its line ends, with a mark of UTF-8 or without its last line feed."""
    stub = (TEMPLATE / "ex5_1_2_parallel.py").read_bytes()
    for data in (stub, stub.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + stub, stub.strip()):
        assert PARALLEL.is_untouched(data)
    assert not PARALLEL.is_untouched(stub + b"x = 1")
    assert not PARALLEL.is_untouched(b"")


def test_numbers_of_any_text():
    """Numbers are read from any text, without taking long ones for numbers of sections."""
    assert numbers_in("a5.1-2_3b 7") == [(5, 1, 2, 3), (7,)]
    assert numbers_in("") == []
    assert all(len(number) < 5000 for number in numbers_in("1" * 10_000))


def test_an_exercise_without_a_number():
    """A marker with a number means no exercise that has none, a marker with its name does."""
    plain = Contract("residual", ())
    assert plain.is_meant("residual")
    assert not plain.is_meant("5.1")
    assert plain.is_named("5.1") == 0
