"""The reader of rosters: students come out, or one clear line."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fuzz.lines import clear
from grader.errors import UserError
from grader.handins.matching import Matcher, Who
from grader.handins.roster import Roster, read_roster

TEXTS = (
    "id,name,email,github,canvas_id,moodle_id,login\ns01,Anna Maria Berg,anna@uni.example,annab,4711,1234567,ab01\n"
    's02,"Chen, Yu",yu@uni.example,chen-yu,4712,1234568,yc02\ns03,王磊,lei@uni.example,leiwang,4713,1234569,wl03\n',
    'Student,ID,SIS User ID,SIS Login ID,Section\nPoints Possible,,,,\n"Berg, Anna",4711,s01,ab01,A\n',
    "Identifier;Full name;Email address\r\nParticipant 12;Anna Berg;anna@uni.example\r\n",
    '学号\t姓\t名\n="0012"\t王\t磊\n0013\t欧阳\t静怡\n',
)
SEEDS = (
    *(text.encode() for text in TEXTS),
    TEXTS[3].encode("gb18030"),
    TEXTS[0].encode("utf-16"),
    b"id,name\n1,\xe9\n",
)
WORDS = tuple(
    word.encode() for word in 'id name email login github 学号 姓 名 ="0 , ; \t "" Participant \ufeff \r\n'.split(" ")
)


def check(data: bytes) -> None:
    """Read bytes as a roster, and look everyone up in it."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(data)
        file.flush()
        try:
            roster = read_roster(Path(file.name))
        except UserError as error:
            clear(error.text)
            return
    look(roster)


def look(roster: Roster) -> None:
    """See that a roster is what is promised of it."""
    students = roster.students
    assert students
    assert len({student.id for student in students}) == len(students)
    assert len({student.key.casefold() for student in students}) == len(students)
    for student in students:
        assert student.id and student.name
        assert student.key not in ("", ".", "..")
        assert student.key.isprintable()
        assert not set(student.key) & set('/\\<>:"|?*')
    matcher = Matcher(roster, "ex5")
    for student in students[:20]:
        for who in (Who(student.name, sid=student.id, email=student.email), Who(student.name)):
            match = matcher.match(who)
            assert match.student is None or match.student in students
            if match.note:
                clear(match.note, 1500)
