"""What GitHub Actions shows: the summary and the annotations."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from grader.reports.github import MOST_OF_A_LEVEL, annotation_lines, summary_markdown
from grader.results import Location, Result, Status, Text

from . import samples

SAMPLES = [samples.usual, samples.every_status, samples.hostile, samples.all_passed, samples.result]
OURS = {"h2", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "br", "strong"}
ATTACKS = [
    "a | b | c",
    "a \\| b",
    "`code` ``more``",
    "<img src=x onerror=alert(1)>",
    "<!-- gone",
    "</td></table>",
    "[text](javascript:alert(1))",
    "![image](https://evil.example/x.png)",
    "*bold* _em_ ~~del~~",
    "# heading",
    "&lt;b&gt; &#60;",
    "one\n\n| two | three |\n",
    "$x$ $$y$$",
    "\\",
    "<code>",
    "1. list",
    "- list",
    "==== ----",
]


class Page(HTMLParser):
    """The tags of a page, its cells row by row, and its text outside of code."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.rows: list[list[str]] = []
        self.text = ""
        self.prose = ""
        self._in_cell = self._in_code = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, which has no attributes but the alignment of cells."""
        self.tags.append(tag)
        assert all(name == "style" for name, _ in attrs)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True
        self._in_code = self._in_code or tag == "code"

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a cell or of code."""
        self._in_cell = self._in_cell and tag not in ("td", "th")
        self._in_code = self._in_code and tag != "code"

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data
        self.prose += "" if self._in_code else data
        if self._in_cell:
            self.rows[-1][-1] += data


def rendered(result: Result, language: str = "en") -> Page:
    """Return the summary as a page, with the tags that Markdown lets through, after a look at them."""
    text = summary_markdown(result, language)
    text.encode()
    page = Page(MarkdownIt("commonmark").enable("table").render(text))
    assert set(page.tags) <= OURS
    assert {len(row) for row in page.rows} <= {5}
    assert len(page.rows) == (len(result.exercises) + 1 if result.exercises else 0)
    assert not re.search(r"@\w", page.prose), "nobody is mentioned"
    assert not re.search(r"://|www\.|(?<!&)#\d|:\w+:", text), "nothing becomes a link or an emoji"
    return page


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_summary_is_a_table(sample, language):
    """Every result gives a table of its exercises, made of our own tags alone."""
    rendered(sample(), language)


def test_summary():
    """The summary shows every exercise with its score and first problem, the total and what to do next."""
    page = rendered(samples.usual())
    assert page.rows[0] == ["", "Exercise", "Status", "Score", "First problem"]
    assert page.rows[1] == ["5.1.1", "A chain of blocks", "✅ Passed", "4 / 4", ""]
    assert page.rows[2][2:] == ["❌ Failed", "2 / 4", "You joined net2's output before net1's."]
    assert page.rows[3][2:] == ["⬜ Not started", "0 / 4", ""]
    assert page.rows[4][4] == "The weight is readNameError: name 'weights' is not defined"
    assert "Chapter 5: Builders' guide alice" in page.text
    assert "Total: 10 / 24 (10 of 24 checks passed)" in page.text
    assert "Next: open ex5/ex5_1_2.py, then run: grade ex5.1.2" in page.text


def test_summary_in_chinese():
    """The same is there in Chinese."""
    page = rendered(samples.usual(), "zh")
    assert page.rows[0] == ["", "练习", "状态", "得分", "首要问题"]
    assert page.rows[2][1:] == ["并行的两个网络", "❌ 未通过", "2 / 4", "你把 net2 的输出放在了 net1 的前面。"]
    assert "总分：10 / 24（24 项检查中通过 10 项）" in page.text


def test_summary_of_a_grader_error():
    """A fault of the grader is no zero: a dash for the exercise, no number in total, and whose fault it was."""
    page = rendered(samples.result(samples.exercise("5.1.1", Text("A"), samples.check("c", Status.GRADER_ERROR))))
    assert page.rows[1][2:4] == ["⚠️ Grader error", "- / 1"]
    assert "Total: not decided, out of 1" in page.text
    assert "This score is not complete. Grader error: 1. The grader itself failed here." in page.text


def test_what_gives_no_points_and_was_not_run_is_no_problem():
    """A check without points that this machine cannot run is mentioned nowhere; one with points is."""
    checks = [samples.check("c"), samples.check("gpu", Status.NOT_RUN, max_score=0.0)]
    exercise = samples.exercise("5.6.2", Text("A"), *checks, status=Status.PASSED)
    result = samples.result(exercise, complete=True)
    assert rendered(result).rows[1][2:] == ["✅ Passed", "1 / 1", ""]
    assert commands(result) == []
    counted = samples.result(samples.exercise("5.6.2", Text("A"), checks[0], replace(checks[1], max_score=1.0)))
    assert rendered(counted).rows[1][2:4] == ["⬜ Not run", "1 / 2"]
    assert [level for level, _, _ in commands(counted)] == ["notice"]


def test_summary_without_isolation():
    """Marking without a sandbox is said."""
    assert "without isolation" in rendered(samples.every_status()).text


@pytest.mark.parametrize("attack", [*ATTACKS, "@torvalds see #123", ":tada: https://evil.example www.evil.example"])
def test_what_students_write_is_shown_as_written(attack):
    """No words of a student, or of a course author, are Markdown, HTML, a mention, a link or an emoji."""
    words = Text(attack, attack)
    check = samples.check("c", Status.ERROR, words, message=words)
    note = words
    result = samples.result(samples.exercise("5.1.1", words, check), submission=attack, notes=(note,), title=words)
    page = rendered(result)
    shown = " ".join(attack.split())
    text = page.text.replace("\u200b", "")
    # Title, name, title of the exercise, title and message of the check, note.
    assert text.count(shown) == 6
    assert len(page.rows) == 2


def test_summary_of_a_diagnosis_with_markdown():
    """What happened is shown as written too."""
    diagnosis = replace(samples.usual().exercises[1].diagnoses[0], happened=Text("a | *b* <c> @d"))
    exercise = samples.exercise("5.1.1", Text("A"), samples.check("c", Status.FAILED), diagnoses=(diagnosis,))
    assert rendered(samples.result(exercise)).rows[1][4] == "a | *b* <c> @\u200bd"


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """Return level, properties and message of a workflow command as GitHub's runner takes it apart."""
    assert "\n" not in line and "\r" not in line
    assert line.startswith("::")
    head, separator, data = line[2:].partition("::")
    assert separator
    level, _, told = head.partition(" ")
    properties = {}
    for part in filter(None, told.split(",")):
        name, separator, value = part.partition("=")
        assert separator and value, line
        for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
            value = value.replace(code, char)
        properties[name] = value.replace("%25", "%")
    message = data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    assert level in ("error", "warning", "notice")
    assert set(properties) <= {"file", "line", "title"}
    assert message
    return level, properties, message


def commands(result: Result, language: str = "en", prefix: str = "") -> list[tuple[str, dict[str, str], str]]:
    """Return the annotations of a result as GitHub's runner takes them apart."""
    found = [parsed(line) for line in annotation_lines(result, language, prefix)]
    for level in ("error", "warning", "notice"):
        assert sum(found_level == level for found_level, _, _ in found) <= MOST_OF_A_LEVEL
    return found


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_annotations_are_commands(sample, language):
    """Every result gives lines that the runner understands, without anything hidden."""
    for _, properties, message in commands(sample(), language):
        for words in (message, *properties.values()):
            assert not set(words) & {"\x00", "\x1b", "\u202e", "\u200b", "\ud800", "\r"}
            assert len(words) <= 2001


def test_an_annotation():
    """An error points at the student's line, says the likely cause first, and then all that helps."""
    level, properties, message = commands(samples.usual())[1]
    assert level == "error"
    assert properties == {
        "file": "ex5/ex5_1_2_parallel.py",
        "line": "14",
        "title": "5.1.2 Two networks in parallel: net1's output comes first, then net2's",
    }
    assert message.startswith("What happened: You joined net2's output before net1's.\nWhy it matters:")
    assert "The values differ from the expected ones" in message


def test_annotations_in_chinese():
    """Titles and messages are there in Chinese."""
    _, properties, message = commands(samples.usual(), "zh")[1]
    assert properties["title"] == "5.1.2 并行的两个网络：先是 net1 的输出，然后是 net2 的"
    assert message.startswith("发生了什么：你把 net2 的输出放在了 net1 的前面。")


def test_values_in_both_languages():
    """What was expected and seen is told in the language of the lines around it."""
    for language, words in (("en", "Seen: shape (36,)"), ("zh", "实际：形状 (36,)")):
        assert sum(words in message for _, _, message in commands(samples.usual(), language)) == 1


def test_order():
    """First problems come first, what keeps code from running before wrong answers, and one cause is told once."""
    found = commands(samples.usual())
    assert [(level, properties["title"].split(" ")[0]) for level, properties, _ in found] == [
        ("error", "5.2.1"),
        ("error", "5.1.2"),
        ("error", "5.1.2"),
        ("notice", "Not"),
    ]
    assert found[-1] == ("notice", {"title": "Not started"}, "Not started yet: 5.1.3, 5.4.1")


@pytest.mark.parametrize("prefix", ["homework/5", "homework/5/", "./homework//5", "homework\\5"])
def test_prefix(prefix):
    """Files are those of the repository, however the submission's folder is written."""
    assert commands(samples.usual(), prefix=prefix)[1][1]["file"] == "homework/5/ex5/ex5_1_2_parallel.py"


def test_without_a_place():
    """A check without a place points at the exercise's file; without a file at nothing."""
    check = samples.check("c", Status.MISSING)
    exercise = samples.exercise("5.1.1", Text("A"), check)
    assert commands(samples.result(exercise), prefix="hw")[0][1] == {"file": "hw/ex5/ex5_1_1.py", "title": "5.1.1 A: c"}
    assert commands(samples.result(replace(exercise, file="")), prefix="hw")[0][1] == {"title": "5.1.1 A: c"}


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("hw.ipynb, cell 3", "file=hw/hw.ipynb"),
        ("a, cell 1.ipynb, cell 12", "file=hw/a%2C cell 1.ipynb"),
        ("notes.md", "file=hw/notes.md,line=41"),
        ("x, cell 3", "file=hw/x%2C cell 3,line=41"),
    ],
)
def test_a_cell_s_line_is_not_the_notebook_s(file, told):
    """A problem in a cell is at its notebook, and the message has the cell and the line in it."""
    result = samples.usual()
    check = replace(next(c for c in result.exercises[1].checks if c.location), location=Location(file, 41))
    exercise = replace(result.exercises[1], checks=(check,), diagnoses=())
    (line,) = annotation_lines(replace(result, exercises=(exercise,)), prefix="hw")
    assert line.startswith((f"::error {told},title=", f"::notice {told},title="))
    assert f"%0A{file}:41" in line


def test_a_grader_error_points_at_nobody():
    """A fault of the grader is a warning without a file, though the student's line is known."""
    check = samples.check("c", Status.GRADER_ERROR, location=samples.FORWARD)
    level, properties, message = commands(samples.result(samples.exercise("5.1.1", Text("A"), check)))[0]
    assert level == "warning"
    assert set(properties) == {"title"}
    assert "not your mistake" in message


def test_all_passed():
    """Full marks need no annotation."""
    assert commands(samples.all_passed()) == []


@pytest.mark.parametrize(
    ("status", "level"),
    [(Status.FAILED, "error"), (Status.GRADER_ERROR, "warning"), (Status.NOT_RUN, "notice")],
)
@pytest.mark.parametrize("count", [MOST_OF_A_LEVEL, MOST_OF_A_LEVEL + 1, 40])
def test_no_more_than_github_shows(status, level, count):
    """Of many annotations of one level the last that is shown says how many more there are."""
    checks = [samples.check(f"c{i}", status, message=Text(f"m{i}")) for i in range(count)]
    found = commands(samples.result(samples.exercise("5.1.1", Text("A"), *checks)))
    assert [shown for shown, _, _ in found] == [level] * MOST_OF_A_LEVEL
    last = found[-1][2]
    if count == MOST_OF_A_LEVEL:
        assert "more" not in last
    else:
        assert last.startswith(f"{count - MOST_OF_A_LEVEL + 1} more of this kind")


def test_every_exercise_has_its_turn():
    """The first problems of eight exercises are shown although one of them has twenty."""
    many = samples.exercise("5.1.1", Text("A"), *(samples.check(f"c{i}", Status.FAILED) for i in range(20)))
    others = [samples.exercise(f"5.2.{i}", Text("B"), samples.check("c", Status.FAILED)) for i in range(8)]
    titles = [properties["title"][:5] for _, properties, _ in commands(samples.result(many, *others))]
    assert titles[:9] == ["5.1.1", *(f"5.2.{i}" for i in range(8))]


@pytest.mark.parametrize(
    "attack",
    [
        "a,line=1::error::x",
        "100%",
        "%0A::error::x",
        "a\n::stop-commands::x",
        "a\r\nb",
        "x:y,z",
        "::add-mask::x",
        "\u2028x",
    ],
)
def test_no_command_in_a_command(attack):
    """Whatever a student's file, function, values and messages say, it is the value of its property and no more."""
    words = Text(attack, attack)
    check = samples.check("c", Status.ERROR, words, message=words, location=Location(attack, 3, attack), seen=words)
    [(level, properties, message)] = commands(samples.result(samples.exercise("5.1.1", Text("A"), check)))
    shown = " ".join(attack.replace("\u2028", "\\u2028").split())
    assert level == "error"
    assert properties == {"file": shown, "line": "3", "title": f"5.1.1 A: {shown}"}
    assert message.startswith(attack.replace("\r\n", "\n").replace("\u2028", "\\u2028"))
