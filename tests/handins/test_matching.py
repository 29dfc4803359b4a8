"""A hand-in's student is found in the roster by whatever the platform knows; what fits two is not guessed."""

from __future__ import annotations

import pytest

from grader.handins.matching import Matcher, Who
from grader.handins.roster import Roster, Student


def student(id: str, name: str, email: str = "", **more: str) -> Student:
    """Return a student of the roster."""
    return Student(id, name, id, email, **more)


CLASS = (
    student("20210101", "王磊", email="lei@uni.example", github="leiwang", login="wl03"),
    student(
        "20210102", "Anna Maria Berg", email="anna.berg@uni.example", canvas_id="4711", moodle_id="99", login="annab"
    ),
    student("20210103", "Chen, Yu", email="yu@uni.example", github="Chen-Yu"),
    student("20210104", "José O'Brien", email="jo@uni.example"),
    student("20210105", "Li Wei"),
    student("20210106", "Wei Li"),
    student("20210107", "Zhang Wei"),
    student("20210108", "Zhang Wei"),
    student("20210109", "欧阳 娜娜"),
    student("20210110", "Qidi Sun (孙启迪)"),
)


@pytest.fixture
def matched():
    """Returns the id of the student that is found, or None, and whether there is a note."""
    matcher = Matcher(Roster(CLASS), "ex5")

    def match(who: Who | str) -> str | None:
        found = matcher.match(who if isinstance(who, Who) else Who(who))
        assert found.student is None or not found.note
        return found.student.id[-2:] if found.student else ("?" if found.note else None)

    return match


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (Who("someone else", sid="20210101"), "01"),
        (Who("", email="LEI@uni.example"), "01"),
        (Who("", canvas_id="4711"), "02"),
        (Who("", moodle_id="99"), "02"),
        (Who(accounts=("LeiWang-1", "leiwang")), "01"),
        (Who(accounts=("yu", "chen-yu")), "03"),
        (Who("nobody", sid="7", email="none@uni.example", canvas_id="1", moodle_id="2", accounts=("x",)), None),
        (Who(), None),
    ],
)
def test_what_only_one_person_has(matched, who, expected):
    """Student number, address, platforms' numbers and accounts are found, whatever the name says."""
    assert matched(who) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("20210101", "01"),
        ("annab", "02"),
        ("ANNAB", "02"),
        ("anna.berg@uni.example", "02"),
        ("anna.berg", "02"),
        ("20210101_王磊", "01"),
        ("王磊20210101", "01"),
        ("BAE,WOOJIN-20210104", "04"),
        ("wl03_ex5", "01"),
        ("annab_ex5_final", "02"),
        ("作业5-20210109-娜娜", "09"),
    ],
)
def test_ids_in_names(matched, name, expected):
    """An id or an account is found as the name or within it."""
    assert matched(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Maria Berg", "02"),
        ("anna maria berg", "02"),
        ("Berg, Anna Maria", "02"),
        ("Anna_Maria_Berg", "02"),
        ("bergannamaria", "02"),
        ("Berg Anna Maria", "02"),
        ("ex5 Anna Maria Berg (final)", "02"),
        ("Yu Chen", "03"),
        ("chenyu", "03"),
        ("Jose OBrien", "04"),
        ("obrienjosé", "04"),
        ("王磊", "01"),
        ("第5次作业 王磊", "01"),
        ("王磊第五次作业", "01"),
        ("第五章练习王磊最终版", "01"),
        ("王 磊", "01"),
        ("欧阳娜娜", "09"),
        ("孙启迪", "10"),
        ("Sun, Qidi", "10"),
        ("Qidi Sun (Kiki)", "10"),
        ("Wei Li", "06"),
        ("Li Wei", "05"),
        ("Anna Berg", None),
        ("Anna Maria Berg Larsson", None),
        ("Maria", None),
        ("🎓", None),
    ],
)
def test_names(matched, name, expected):
    """Names are found in any order, run together, without accents, with words around; half of one is not enough."""
    assert matched(name) == expected


@pytest.mark.parametrize(
    "who",
    [
        "Zhang Wei",
        "zhangwei",
        "20210101 Anna Maria Berg",
        "20210101_20210103",
        Who("Anna Maria Berg", canvas_id="20210101"),
    ],
)
def test_what_fits_two_is_not_guessed(who):
    """Two of the same name, or an id and a name that disagree, are left open with a note that names them."""
    matcher = Matcher(Roster(tuple(s for s in CLASS if not s.canvas_id) + (student("s2", "Anna Maria Berg"),)), "ex5")
    found = matcher.match(who if isinstance(who, Who) else Who(who))
    assert found.student is None
    assert "not guessed" in found.note.en
    assert "无法确定" in found.note.zh
    assert found.note.en.count("2021") + found.note.en.count("s2") >= 2


def test_a_name_in_two_orders_is_two_people(matched):
    """Run together without a sign where one name ends, Li Wei and Wei Li cannot be told apart."""
    assert matched("liwei") == "?"


def test_a_platforms_number_as_the_id():
    """Canvas's own list has its number as the id; a roster with a column for that number has not."""
    own = Matcher(Roster((student("4711", "Anna Berg"), student("4712", "Yu Chen"))))
    found = own.match(Who("berganna", canvas_id="4711"))
    assert found.student is not None
    assert found.sure
    other = Matcher(Roster((student("4711", "Yu Chen"), student("s1", "Anna Berg", canvas_id="4711"))))
    found = other.match(Who("berganna", canvas_id="4711"))
    assert found.student is not None
    assert found.student.id == "s1"
    with_column = Matcher(Roster((student("4711", "Yu Chen", canvas_id="9"), student("s1", "Anna Berg"))))
    assert with_column.match(Who("stranger", canvas_id="4711")).student is None


def test_sure_or_by_name():
    """Whether a student was found by more than the name is known."""
    matcher = Matcher(Roster(CLASS))
    assert matcher.match(Who("20210101")).sure
    assert not matcher.match(Who("王磊")).sure


def test_addresses_that_two_have():
    """A value that is in the roster twice finds nobody."""
    twins = Matcher(Roster((student("a", "A B", email="x@y"), student("b", "C D", email="x@y"))))
    found = twins.match(Who("A B", email="x@y"))
    assert found.student is None
    assert found.note
