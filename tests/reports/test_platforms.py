"""The lists for Canvas and Moodle."""

import csv
import io
from html.parser import HTMLParser

import pytest

from grader.class_result import ExerciseColumn, Outcome
from grader.reports.canvas import canvas_csv, canvas_left_out
from grader.reports.gradebook_csv import gradebook_csv
from grader.reports.listing import LeftOut
from grader.reports.moodle import moodle_csv, moodle_left_out
from grader.results import Text

from . import list_samples as samples


def lines(text: str) -> list[list[str]]:
    """Return the lines of a CSV file, all of them of the same length."""
    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(line) for line in found} == {len(found[0])}
    return found


def reasons(left_out: tuple[LeftOut, ...], language: str = "en") -> dict[str, str]:
    """Return why somebody is not in a list, by name."""
    assert all(found.why for found in left_out)
    return {found.entry.name: "; ".join(why.get(language) for why in found.why) for found in left_out}


def test_canvas():
    """Canvas gets its columns, the points of the assignment, and whoever has a score."""
    assert lines(canvas_csv(samples.usual())) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Chapter 5: Builders' guide"],
        ["    Points Possible", "", "", "", "", "10"],
        ["Ann", "", "s-ann", "ann@uni.example", "", "10"],
        ["Bob", "", "s-bob", "bob@uni.example", "", "2"],
    ]


def test_canvas_recognises_the_header():
    """The first line has no quotes in front, which a parser refuses behind a byte order mark."""
    assert canvas_csv(samples.usual()).startswith("Student,ID,")


@pytest.mark.parametrize("left_out", [canvas_left_out, moodle_left_out])
def test_who_is_left_out_is_named(left_out):
    """Grader errors, refused and broken hand-ins and strangers are in no list, each with the reason; never a zero."""
    assert reasons(left_out(samples.usual())) == {
        "Cat": "not decided: 5.1.2 (grader error); 6 of 10 points so far",
        "Dan": "no submission, but one of those that are not in the roster may be theirs",
        "Eve": "The archive is damaged.",
        "Fay": "the grader failed on this hand-in; that is not the student's fault; The worker ended.",
        "Gus": "not in the roster",
    }


def test_reasons_in_chinese():
    """Reasons are there in Chinese."""
    found = reasons(moodle_left_out(samples.usual()), "zh")
    assert (found["Gus"], found["Dan"]) == ("不在名单中", "未提交，但不在名单中的作业里可能有其作业")


STRANGERS = {
    "marked": samples.entry("gus", matched=False),
    "refused": samples.unmarked("gus", Outcome.REFUSED, matched=False),
    "crashed": samples.unmarked("gus", Outcome.CRASHED, matched=False),
}


@pytest.mark.parametrize("make", [canvas_csv, moodle_csv])
@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_no_zero_for_whoever_may_have_handed_in(make, stranger):
    """While a hand-in is nobody's, whatever became of it, no list has the zero of a student without one."""
    people = [samples.entry("ann"), samples.unmarked("dan", Outcome.NO_SUBMISSION)]
    assert "s-dan" in make(samples.a_class(*people))
    text = make(samples.a_class(*people, stranger))
    assert "s-ann" in text
    assert "s-dan" not in text
    # Without a roster there is nobody to be held back.
    assert "5001" in make(samples.a_class(samples.entry("ann", student="5001"), has_roster=False))


def test_the_gradebook_keeps_the_zero():
    """The table for a spreadsheet has a zero for whoever handed in nothing, also while a hand-in is nobody's."""
    (dan,) = [line for line in lines(gradebook_csv(samples.usual())) if line[1] == "Dan"]
    assert dan[3:5] == ["no submission", "0"]


def test_everyone_is_listed_or_left_out():
    """Nobody is lost, and nobody is both."""
    cls = samples.usual()
    names = {line[0] for line in lines(canvas_csv(cls))[2:]}
    assert names | set(reasons(canvas_left_out(cls))) == {entry.name for entry in cls.entries}
    assert not names & set(reasons(canvas_left_out(cls)))


def test_canvas_without_a_roster():
    """Without a roster the ids are those of the platform, and a name alone is not enough."""
    cls = samples.a_class(
        samples.entry("ann", student="4711", email=""),
        samples.entry("bob", student="", email=""),
        has_roster=False,
    )
    assert lines(canvas_csv(cls))[2:] == [["Ann", "4711", "", "", "", "10"]]
    assert reasons(canvas_left_out(cls)) == {"Bob": "no ID / SIS Login ID to find the student by"}


def test_canvas_with_its_numbers_and_logins():
    """What the roster has of Canvas's numbers and of logins is in their columns; an address stands in for a login."""
    cls = samples.a_class(
        samples.entry("ann", canvas_id="4711", login="ab01"),
        samples.entry("bob", login="bm02"),
        samples.entry("cat", student="4713", canvas_id="4713", email=""),
        samples.entry("dan", student="", email=""),
    )
    assert [line[:4] for line in lines(canvas_csv(cls))[2:]] == [
        ["Ann", "4711", "s-ann", "ab01"],
        ["Bob", "", "s-bob", "bm02"],
        # The number is Canvas's own, and would be a stranger's as an id of the university.
        ["Cat", "4713", "", ""],
    ]
    assert reasons(canvas_left_out(cls)) == {"Dan": "no ID / SIS User ID / SIS Login ID to find the student by"}


def test_canvas_by_choice():
    """The assignment's column and the kind of ids can be named; an address is enough."""
    cls = samples.a_class(samples.entry("ann"), samples.entry("bob", student=""))
    found = lines(canvas_csv(cls, assignment="Exercise 5 (1234)", id_column="ID"))
    assert found[0][-1] == "Exercise 5 (1234)"
    assert found[2:] == [
        ["Ann", "s-ann", "", "ann@uni.example", "", "10"],
        ["Bob", "", "", "bob@uni.example", "", "10"],
    ]


def test_canvas_title_in_chinese():
    """The assignment goes by its title in the language, or by its name."""
    assert lines(canvas_csv(samples.usual(), "zh"))[0][-1] == "第5章 深度学习计算"
    assert lines(canvas_csv(samples.a_class(title=Text())))[0][-1] == "ex5"
    assert lines(canvas_csv(samples.a_class(), assignment="=1+1"))[0][-1] == "'=1+1"


def test_nobody_sets_the_points_of_the_assignment():
    """A student whose name is that of Canvas's own line does not become that line."""
    cls = samples.a_class(samples.entry("ann", name="   Points Possible"))
    assert [line[0] for line in lines(canvas_csv(cls))] == ["Student", "    Points Possible", "Points possible"]


def test_moodle():
    """Moodle gets ids, addresses, points and feedback that says what is missing."""
    assert lines(moodle_csv(samples.usual())) == [
        [
            "ID number",
            "Email address",
            "Full name",
            "Grade",
            "Maximum Grade",
            "Last modified (grade)",
            "Feedback comments",
        ],
        ["s-ann", "ann@uni.example", "Ann", "10", "10", "2025-03-01T10:30:00+00:00", ""],
        [
            "s-bob",
            "bob@uni.example",
            "Bob",
            "2",
            "10",
            "2025-03-01T10:30:00+00:00",
            "handed in late; 5.1.2: 2 / 6 The halves are swapped; 5.6.2: 0 / 4",
        ],
    ]


def test_moodle_says_who_handed_in_nothing():
    """Who handed in nothing has a zero, and the feedback says why, in either language."""
    cls = samples.a_class(samples.unmarked("dan", Outcome.NO_SUBMISSION))
    when = "2025-03-01T10:30:00+00:00"
    assert lines(moodle_csv(cls))[1] == ["s-dan", "dan@uni.example", "Dan", "0", "10", when, "no submission"]
    assert lines(moodle_csv(cls, "zh"))[1][-1] == "未提交"


def test_moodle_in_chinese():
    """Feedback is there in Chinese; the names of columns are Moodle's."""
    found = lines(moodle_csv(samples.usual(), "zh"))
    assert found[0][0] == "ID number"
    assert found[2][-1] == "迟交；5.1.2：2 / 6 前后两半颠倒了；5.6.2：0 / 4"


def test_moodle_never_sees_a_gap():
    """A column with a gap is dropped: Moodle would give that line's grade to the student of the line above."""
    cls = samples.a_class(samples.entry("ann"), samples.entry("bob", student=""))
    assert [line[:2] for line in lines(moodle_csv(cls))] == [
        ["Email address", "Full name"],
        ["ann@uni.example", "Ann"],
        ["bob@uni.example", "Bob"],
    ]
    assert moodle_left_out(cls) == ()


def test_moodle_with_gaps_everywhere():
    """Where every column has gaps, that with fewer stays, and who is not in it is named."""
    cls = samples.a_class(
        samples.entry("ann", student=""),
        samples.entry("bob", email=" "),
        samples.entry("cat", student=""),
    )
    assert [line[0] for line in lines(moodle_csv(cls))] == ["Email address", "ann@uni.example", "cat@uni.example"]
    assert reasons(moodle_left_out(cls)) == {"Bob": "no Email address to find the student by"}


def test_moodle_without_a_roster():
    """Without a roster students go by the number of the participant; whoever has none is named."""
    cls = samples.a_class(
        samples.entry("ann", student="4711", email=""),
        samples.entry("bob", student="bob", email=""),
        has_roster=False,
    )
    assert [line[:2] for line in lines(moodle_csv(cls))] == [["Identifier", "Full name"], ["Participant 4711", "Ann"]]
    assert reasons(moodle_left_out(cls)) == {"Bob": "no Identifier to find the student by"}


def test_moodle_with_its_own_worksheet_as_roster():
    """Where the roster's ids are those of a grading worksheet, they go back into its column."""
    people = [samples.entry("ann", student="Participant 4711"), samples.entry("bob", student="Participant 4712")]
    stranger = samples.entry("gus", student="", email="", matched=False)
    found = lines(moodle_csv(samples.a_class(*people, stranger)))
    assert [line[0] for line in found] == ["Identifier", "Participant 4711", "Participant 4712"]
    mixed = samples.a_class(*people, samples.entry("cat", student="s-cat"))
    assert lines(moodle_csv(mixed))[0][0] == "ID number"
    assert lines(moodle_csv(samples.a_class(samples.entry("ann", student="ab4711"))))[0][0] == "ID number"


class Tags(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def test_feedback_is_no_html():
    """Moodle shows feedback as a page: nothing in it is a tag, and signs of comparison stay what they are."""
    happened = Text("Use <b>x</b> <= 3 & y &lt; 4 <!-- -->.")
    column = ExerciseColumn("5.1.2", "n", Text("T"), 6.0, (), (("swapped", happened),))
    cls = samples.a_class(samples.entry("bob", samples.HALF), exercises=(column,))
    page = Tags(lines(moodle_csv(cls))[1][-1])
    assert page.tags == []
    assert page.text == f"5.1.2: 2 / 6 {happened.en}"


@pytest.mark.parametrize("name", samples.HOSTILE_NAMES)
@pytest.mark.parametrize("make", [canvas_csv, moodle_csv])
def test_hostile_names(make, name):
    """A name that attacks is a harmless cell of the line that belongs to its student."""
    text = make(samples.a_class(samples.entry("ann", name=name), samples.entry("bob")))
    text.encode()
    found = lines(text)
    assert len(found) == (4 if make is canvas_csv else 3)
    assert found[-2].count("s-ann") == 1 and "10" in found[-2]
    assert all(not cell or cell[0] not in "=+-@\uff1d\uff0b\uff0d\uff20\t\r" for line in found for cell in line)


@pytest.mark.parametrize("left_out", [canvas_left_out, moodle_left_out])
def test_an_id_that_attacks_is_left_out(left_out):
    """An id that would have to be changed to be safe finds nobody, so that its line is left out and named."""
    cls = samples.a_class(samples.entry("ann", student="=1+1"), samples.entry("bob"))
    assert "=1+1" in reasons(left_out(cls))["Ann"]
    assert list(reasons(left_out(cls))) == ["Ann"]


@pytest.mark.parametrize("field", ["login", "canvas_id"])
def test_a_number_of_canvas_that_attacks_is_left_out(field):
    """The same holds for what only Canvas is told."""
    cls = samples.a_class(samples.entry("ann", **{field: "=1+1"}), samples.entry("bob"))
    assert list(reasons(canvas_left_out(cls))) == ["Ann"]
    assert moodle_left_out(cls) == ()


@pytest.mark.parametrize("make", [canvas_csv, moodle_csv])
def test_an_empty_class(make):
    """A class without students, or one in which nobody has a score, is a file without lines of students."""
    heads = 2 if make is canvas_csv else 1
    assert len(lines(make(samples.a_class()))) == heads
    assert len(lines(make(samples.a_class(samples.unmarked("ann", Outcome.CRASHED))))) == heads
    assert len(lines(make(samples.a_class(has_roster=False, exercises=())))) == heads
