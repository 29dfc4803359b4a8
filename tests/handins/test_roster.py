"""A roster is read as course sites and spreadsheets write it, and what is wrong with it is said with the line."""

from __future__ import annotations

import os

import pytest
from handins.builders import ROSTER
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import UserError
from grader.handins.handin import HandIn
from grader.handins.roster import Roster, Student, read_roster


@pytest.fixture
def roster(tmp_path):
    """Reads a roster from text or bytes."""

    def read(data: str | bytes, encoding: str = "utf-8") -> Roster:
        path = tmp_path / "roster.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
        return read_roster(path)

    return read


def people(roster: Roster) -> list[tuple[str, str, str]]:
    """Return id, name and address of everyone."""
    return [(student.id, student.name, student.email) for student in roster.students]


PAIR = [("s01", "Anna Berg", "anna@uni.example"), ("s02", "王磊", "lei@uni.example")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_delimiters(roster, encoding, delimiter, newline):
    """What Excel and others write in China and elsewhere is read without being told."""
    rows = [["id", "name", "email"], *map(list, PAIR)]
    assert people(roster(newline.join(delimiter.join(row) for row in rows), encoding)) == PAIR


def test_western_windows(roster):
    """A file from Western Windows is not taken for a Chinese one."""
    for names in (["Jörg Müller"], ["Jörg Müller", "Zoë Capek", "Ana María"]):
        rows = "".join(f"{number};{name}\n" for number, name in enumerate(names))
        assert [student.name for student in roster("id;name\n" + rows, "cp1252").students] == names


def test_rare_chinese_characters(roster):
    """Names with characters that old encodings lacked are read too."""
    found = roster("学号,姓名\n1,朱镕基\n2,王喆\n3,李𬱟\n", "gb18030")
    assert [student.name for student in found.students] == ["朱镕基", "王喆", "李𬱟"]


@pytest.mark.parametrize(
    "header",
    ["id,name,email", "ID,Name,E-Mail", "Student ID,Full Name,Email address", "SID , Student , Mail", "学号,姓名,邮箱"]
    + ["学生学号,学生姓名,电子邮件", "id number,student name,E-mail address", '"identifier","name","email"'],
)
def test_headings(roster, header):
    """Columns are known by many names, in upper and lower case."""
    assert people(roster(f"{header}\ns01,Anna Berg,anna@uni.example\n")) == PAIR[:1]


def test_order_of_columns_and_others(roster):
    """Columns come in any order, unknown ones are passed over, and empty cells and short rows are empty."""
    found = roster("Section,email,Name,id\nA,,Anna Berg,s01\nB,lei@uni.example,王磊,s02\n")
    assert people(found) == [("s01", "Anna Berg", ""), PAIR[1]]
    assert people(roster("id,name,email\ns01,Anna Berg\n")) == [("s01", "Anna Berg", "")]


def test_all_columns(roster):
    """What platforms know students by can be in the roster."""
    first = roster(ROSTER).students[0]
    assert first == Student(
        id="s01",
        name="Anna Maria Berg",
        key="s01",
        email="anna@uni.example",
        login="ab01",
        github="annab",
        canvas_id="4711",
        moodle_id="1234567",
    )


def test_an_export_of_canvas(roster):
    """The gradebook that Canvas exports is a roster: its line of points is no student."""
    found = roster(
        "Student,ID,SIS User ID,SIS Login ID,Section,Ex 5\n"
        "    Points Possible,,,,,20\n"
        '"Berg, Anna",4711,s01,ab01,Sec 1,\n'
    )
    (anna,) = found.students
    assert (anna.id, anna.name, anna.login, anna.canvas_id) == ("4711", "Berg, Anna", "ab01", "4711")


@pytest.mark.parametrize(
    ("text", "canvas_id"),
    [
        ("Student,ID,SIS Login ID,Section\nAnna,4711,ab01,1\n", "4711"),
        ("Student,ID,Section,Ex 5\n  Points Possible,,,20\nAnna,4711,1,\n", "4711"),
        ("Student,ID,SIS Login ID,Canvas ID\nAnna,s01,ab01,4711\n", "4711"),
        ("Student,ID,Section\nAnna,s01,1\n", ""),
        ("ID,Student,SIS Login ID\ns01,Anna,ab01\n", ""),
    ],
)
def test_whose_number_an_id_is(roster, text, canvas_id):
    """In the list that Canvas exports the id is Canvas's number of the student; in a list of one's own it is not."""
    assert [student.canvas_id for student in roster(text).students] == [canvas_id]


def test_a_worksheet_of_moodle(roster):
    """The worksheet that Moodle gives for grades is a roster, with and without students' numbers."""
    rows = "Participant 1234567,Anna Berg,anna@uni.example"
    (without,) = roster(f"Identifier,Full name,Email address\n{rows}\n").students
    assert (without.id, without.moodle_id) == ("Participant 1234567", "1234567")
    (with_id,) = roster(f"Identifier,Full name,Email address,ID number\n{rows},s01\n").students
    assert (with_id.id, with_id.moodle_id, with_id.name) == ("s01", "1234567", "Anna Berg")


def test_a_roster_of_github_classroom(roster):
    """The roster that GitHub Classroom exports is one here too; where it has no name, the identifier does."""
    found = roster('"identifier","github_username","github_id","name"\n"anna@uni.example","annab","77",""\n')
    (anna,) = found.students
    assert (anna.id, anna.name, anna.github) == ("anna@uni.example", "anna@uni.example", "annab")


def test_first_and_last_names(roster):
    """Names in two columns are put together, Chinese ones without a space and the family first."""
    found = roster("First name,Last name,ID number\nAnna Maria,Berg,s01\n磊,王,s02\n")
    assert [student.name for student in found.students] == ["Anna Maria Berg", "王磊"]


def test_cells_of_spreadsheets(roster):
    """Quoted commas and line breaks, spaces, and the way to keep leading zeros."""
    found = roster('id,name\n="0012"," Berg, Anna "\n0013,"Chen\nYu"\n\n , \n')
    assert people(found) == [("0012", "Berg, Anna", ""), ("0013", "Chen\nYu", "")]


def test_keys(roster):
    """Keys come from ids, and differ where ids do."""
    found = roster("id,name\na/b,One\na:b,Two\ns03,Three\n")
    keys = [student.key for student in found.students]
    assert keys[2] == "s03"
    assert len(set(keys)) == 3
    assert all(key.startswith("a_b-") for key in keys[:2])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("id,name\n", "names no students"),
        ("email,name\na@b,Anna\n", "no column id: its first line is “email,.name”"),
        ("id,email\ns01,a@b\n", "no column name"),
        ("s01,Anna Berg,anna@uni.example\n", "no column id and no column name"),
        ("id,name\ns01,Anna\n,Yu\n", "no id in line 3"),
        ("id,name\ns01,Anna\n\ns02,Yu\nS01,Anna again\n", "id S01 twice: in lines 2 and 5"),
        ('id,name\ns01,"Anna\nBerg"\ns01,Yu\n', "in lines 3 and 4"),
        ("id,name\ns01," + "x" * 200_000, "no CSV file, by its line 2"),
    ],
)
def test_wrong_rosters(roster, text, message):
    """Each fault is one line that says where and what."""
    with pytest.raises(UserError, match=message) as raised:
        roster(text)
    assert "\n" not in str(raised.value)
    assert "roster.csv" in str(raised.value)


def test_a_spreadsheet(roster):
    """A spreadsheet in place of a CSV file says what to do."""
    with pytest.raises(UserError, match="is a spreadsheet; save it as CSV"):
        roster(b"PK\x03\x04rest of an xlsx")


def test_what_is_no_file(tmp_path):
    """A roster that is not there, a folder, and a pipe are one line each, and nothing hangs."""
    with pytest.raises(UserError, match="cannot be read: No such file"):
        read_roster(tmp_path / "none.csv")
    with pytest.raises(UserError, match="not an ordinary file"):
        read_roster(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(UserError, match="not an ordinary file"):
        read_roster(tmp_path / "pipe.csv")


def test_a_huge_roster(roster):
    """A file that is no roster by its size is not read whole."""
    with pytest.raises(UserError, match="larger than 10 MiB"):
        roster(b"id,name\n" + b"x" * (10 * 2**20))


def test_missing(roster):
    """Whoever is among no matched hand-ins is missing, with the key that the hand-in would have had."""
    found = roster(ROSTER)
    handins = [
        HandIn("s01", "Anna Maria Berg", None, "canvas", student="s01"),
        HandIn("s02x", "not of the roster", None, "canvas", student="s02", matched=False),
    ]
    missing = found.missing(handins)
    assert [handin.student for handin in missing] == ["s02", "s03", "s04", "s05", "s06"]
    assert missing[0] == HandIn(
        "s02",
        "Chen, Yu",
        None,
        "",
        student="s02",
        email="yu@uni.example",
        login="yc02",
        canvas_id="4712",
        problem=missing[0].problem,
    )
    assert (missing[0].problem.en, missing[0].problem.zh) == ("no submission", "未提交")


CELLS = [
    "id",
    "name",
    "email",
    "学号",
    "姓名",
    ",",
    ";",
    "\t",
    '"',
    "\n",
    "\r\n",
    "\x00",
    "s01",
    "王磊",
    "é",
    '="1"',
    " ",
]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.lists(st.sampled_from(CELLS), max_size=30).map("".join).map(str.encode) | st.binary(max_size=80))
def test_any_bytes(roster, data):
    """Whatever the bytes, they are a roster with ids and keys that differ, or one line says why not."""
    try:
        found = roster(data)
    except UserError:
        return
    assert len({student.id for student in found.students}) == len(found.students) > 0
    assert len({student.key for student in found.students}) == len(found.students)
