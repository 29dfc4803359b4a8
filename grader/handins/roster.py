"""The roster: who is in the class. Read from a CSV file as course sites and spreadsheets write them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UserError
from grader.file_names import shown
from grader.handins.handin import HandIn
from grader.handins.keys import unique_keys
from grader.handins.person_names import folded
from grader.handins.reading import UnreadableError, open_file
from grader.translation import say

MAX_ROSTER = 10 * 2**20
# What a column may be called, the best first; folded, without spaces and signs.
COLUMNS = {
    "id": "id studentid sid studentnumber studentno idnumber sisuserid userid matriculationnumber "
    "学号 学生编号 学生学号 编号 identifier",
    "name": "name fullname studentname student displayname 姓名 学生姓名 名字",
    "first": "firstname givenname forename 名",
    "last": "lastname surname familyname 姓 姓氏",
    "email": "email mail emailaddress studentemail 邮箱 电子邮箱 电子邮件 邮件 邮箱地址 电子邮件地址",
    "login": "login loginid username user netid account sisloginid uid 用户名 账号 登录名",
    "github": "github githubusername githubuser githublogin githubid github用户名 github账号",
    "canvas_id": "canvasid canvasuserid canvas",
    "moodle_id": "moodleid participantid participant moodle identifier",
}
NO_SUBMISSION = say("no submission")
# Canvas writes this into its list of grades where a student's name stands.
POINTS_POSSIBLE = "points possible"


@dataclass(frozen=True)
class Student:
    """One student of the roster.

    Args:
        id: unique in the roster.
        name: as the roster has it.
        key: of the student's hand-in.
        email: and what follows: empty where the roster has none.
        login: name of the account at the university.
        github: name of the account there.
        canvas_id: number that Canvas writes into the names of files.
        moodle_id: number that Moodle writes into the names of folders.
    """

    id: str
    name: str
    key: str
    email: str = ""
    login: str = ""
    github: str = ""
    canvas_id: str = ""
    moodle_id: str = ""


@dataclass(frozen=True)
class Roster:
    """The students of a class, in the order of the file."""

    students: tuple[Student, ...]

    def missing(self, handins: Iterable[HandIn]) -> tuple[HandIn, ...]:
        """Return those who are not among some hand-ins, as hand-ins with nothing in them."""
        there = {handin.student for handin in handins if handin.matched}
        return tuple(
            HandIn(
                key=student.key,
                name=student.name,
                folder=None,
                platform="",
                student=student.id,
                email=student.email,
                login=student.login,
                canvas_id=student.canvas_id,
                problem=NO_SUBMISSION,
            )
            for student in self.students
            if student.id not in there
        )


def read_roster(path: Path) -> Roster:
    """Read a roster: a CSV file with a header that names at least an id and a name.

    Raises:
        UserError: if it cannot be read as one; the message says where.
    """
    try:
        with open_file(path.resolve()) as file:
            data = file.read(MAX_ROSTER + 1)
    except UnreadableError as error:
        raise UserError(say("The roster {path} {text}.", path=path, text=error.text)) from error
    except OSError as error:
        raise UserError(
            say("The roster {path} cannot be read: {strerror}.", path=path, strerror=error.strerror)
        ) from error
    if len(data) > MAX_ROSTER:
        raise UserError(
            say(
                "The roster {path} is larger than {limit} MiB; give a CSV file (id,name,email).",
                path=path,
                limit=MAX_ROSTER // 2**20,
            )
        )
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise UserError(
            say("The roster {path} is a spreadsheet; save it as CSV (UTF-8) and give that file.", path=path)
        )
    rows = _rows(_decoded(data), path)
    if not rows:
        raise UserError(
            say("The roster {path} is empty; its first line must name the columns: id,name,email.", path=path)
        )
    (_, header), *lines = rows
    columns = _columns(header, path)
    if _is_of_canvas(header, [row for _, row in lines]):
        columns.setdefault("canvas_id", columns["id"])
    return _roster([(line, _fields(row, columns)) for line, row in lines], path)


def _decoded(data: bytes) -> str:
    """Return the text of a file that does not say how it is encoded."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # Chinese characters in use have two high bytes; an accent of Western Windows is one, before a plain letter.
    chinese = len(re.findall(rb"[\xa1-\xfe][\xa1-\xfe]", data))
    western = len(re.findall(rb"[\x80-\xff][A-Za-z ,;.\t\r\n\"-]", data))
    for encoding in ("gb18030", "cp1252") if chinese >= western else ("cp1252", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _rows(text: str, path: Path) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty, each with the number of the line on which it ends."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        for row in reader:
            # Spreadsheets keep leading zeros as ="0012".
            cells = [re.sub(r'^="(.*)"$', r"\1", cell.strip()).strip() for cell in row]
            if any(cells):
                rows.append((reader.line_num, cells))
    except csv.Error as error:
        raise UserError(
            say(
                "The roster {path} is no CSV file, by its line {line}: {error}.",
                path=path,
                line=reader.line_num,
                error=error,
            )
        ) from error
    return rows


def _columns(header: Sequence[str], path: Path) -> dict[str, int]:
    """Return the number of each column that is known, by its field."""
    names = _plain(header)
    columns: dict[str, int] = {}
    for field, synonyms in COLUMNS.items():
        free = [name for name in synonyms.split() if name in names and names.index(name) not in columns.values()]
        if free:
            columns[field] = names.index(free[0])
    lacking = [field for field in ("id", "name") if field not in columns]
    if "name" in lacking and {"first", "last"} & columns.keys():
        lacking.remove("name")
    if lacking:
        seen = shown(", ".join(cell for cell in header if cell), 200)
        both = len(lacking) > 1
        columns_lacking = say("{one} and no column {other}", one="id", other="name") if both else lacking[0]
        raise UserError(
            say(
                "The roster {path} has no column {lacking}: its first line is “{seen}”. It must name "
                "the columns: id,name,email.",
                path=path,
                lacking=columns_lacking,
                seen=seen,
            )
        )
    return columns


def _plain(header: Sequence[str]) -> list[str]:
    """Return names of columns without what does not matter in them."""
    return [re.sub(r"[\W_]", "", folded(cell)) for cell in header]


def _is_of_canvas(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bool:
    """Whether this is the list of grades that Canvas exports, where the column ``ID`` has Canvas's own numbers."""
    names = _plain(header)
    has_points = any(row[0].lower() == POINTS_POSSIBLE for row in rows)
    return names[:2] == ["student", "id"] and ("sisloginid" in names or has_points)


def _fields(row: Sequence[str], columns: dict[str, int]) -> dict[str, str]:
    fields = {field: row[number] if number < len(row) else "" for field, number in columns.items()}
    first, last = fields.pop("first", ""), fields.pop("last", "")
    in_chinese = first + last and not re.search(r"[A-Za-z]", folded(first + last))
    fields["name"] = fields.get("name") or (last + first if in_chinese else f"{first} {last}".strip())
    # In Moodle's own lists a student is "Participant 123".
    participant = re.fullmatch(r"(?:[^\W\d]+ ?)?(\d+)", fields.get("moodle_id") or "")
    participant = participant or re.fullmatch(r"[^\W\d]+ (\d+)", fields["id"])
    fields["moodle_id"] = participant[1] if participant else ""
    return fields


def _roster(lines: list[tuple[int, dict[str, str]]], path: Path) -> Roster:
    seen: dict[str, int] = {}
    kept = []
    for line, fields in lines:
        if not fields["id"] and fields["name"].lower() in (POINTS_POSSIBLE, "student, test"):
            continue  # Canvas writes these lines into its list of grades.
        if not fields["id"]:
            raise UserError(say("The roster {path} has no id in line {line}.", path=path, line=line))
        first = seen.setdefault(fields["id"].casefold(), line)
        if first != line:
            raise UserError(
                say(
                    "The roster {path} has the id {id} twice: in lines {first} and {line}. Give each "
                    "student an id of their own.",
                    path=path,
                    id=shown(fields["id"]),
                    first=first,
                    line=line,
                )
            )
        kept.append(fields)
    if not kept:
        raise UserError(say("The roster {path} names no students: there is only its first line.", path=path))
    keys = unique_keys({fields["id"]: fields["id"] for fields in kept})
    return Roster(tuple(Student(key=keys[f["id"]], **(f | {"name": f["name"] or f["id"]})) for f in kept))
