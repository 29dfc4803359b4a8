"""Hand-ins that attack the reader, marked once and sent through every output: nothing of theirs is obeyed anywhere."""

from __future__ import annotations

import csv
import io
import json
import re
import runpy
import shutil
import tomllib
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from in_process import grade_here
from markdown_it import MarkdownIt
from rich.console import Console
from support import HOSTILE, SAMPLES, grade, need_bubblewrap

from grader.batch.gradebook import Gradebook
from grader.reports.github import annotation_lines, summary_markdown
from grader.reports.gradescope import gradescope_json
from grader.reports.junit import junit_xml
from grader.reports.scorecard import render_scorecard
from grader.reports.terminal import print_result
from grader.results import Result, Status, to_json
from grader.sandbox.bubblewrap import Bubblewrap

from .markup import Page

ATTACKS = sorted(path.name for path in HOSTILE.glob("text_*") if (path / "attack.toml").exists())
CHECKS = {"test_double", "test_greeting", "test_sum"}
TINY_ONLY = {"GRADE_EXERCISES": str(SAMPLES / "assignments")}
# What students call themselves on a platform, and what they call their folders.
PEOPLE = (
    "</title><script>window.owned=1</script>",
    "=cmd|' /C calc'!A0",
    "\u202egnp.exe \u2066Ada\u2069",
    '"+1+1;@SUM(B1)\n=1+1\r-1',
    "\x1b]0;owned\x07\x1b[2J Ada \x00\x9b1A",
    "::error::owned",
    "[/red][link=https://evil.example]Ada[/link] {{ 7919*7919 }} {0.__class__} %s",
    "![x](https://evil.example/p.png) @everyone | # ]]><x/>&a;",
)
FOLDERS = (
    "<img src=x onerror=window.owned=1>",
    "=HYPERLINK(1)",
    "\x1b[2J\x07\u202e\u200b owned",
    "::error::owned\n::set-output name=a::b",
    "[bold] owned {{ 7907*7907 }}",
    "@SUM|!A0",
    "-x; rm",
    "&amp;]]>'\"",
)
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
STYLES = re.compile(r"\x1b\[[0-9;]*m")
FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20\u2212\t\r"


@dataclass(frozen=True)
class Marked:
    """The class of attacks: the folder with everything that was written, what was printed, and each attack's result."""

    out: Path
    printed: str
    results: dict[str, Result]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marked]:
    """Every attack, marked as a class: half of the students are in the roster, by names that attack as well."""
    need_bubblewrap()
    place = tmp_path_factory.mktemp("texts")
    roster = [["id", "name", "email"]]
    for number, name in enumerate(ATTACKS):
        # The roster's id is the folder's name, so that it is found whatever the student is called.
        folder = f"h{number:02}" if number % 2 else f"{number:02}{FOLDERS[number // 2 % len(FOLDERS)]}"
        if number % 2:
            roster.append([folder, PEOPLE[number // 2 % len(PEOPLE)], "a@x.example"])
        hand_in(name, place / "class" / folder)
    with (place / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(roster)
    done = grade(
        *("batch", place / "class", "--out", place / "out", "--assignment", "tiny", "--jobs", "1"),
        *("--roster", place / "roster.csv"),
        env=TINY_ONLY,
    )
    assert done.returncode == 0, done.stderr
    with closing(Gradebook(place / "out" / "gradebook.sqlite")) as gradebook:
        pairs = zip(gradebook.entries(), gradebook.results(), strict=True)
        # The key begins with the attack's number, whatever else the folder was called.
        found = {ATTACKS[int(entry.key.removeprefix("h")[:2])]: result for entry, result in pairs}
    assert sorted(found) == ATTACKS, done.stdout
    yield Marked(place / "out", done.stdout + done.stderr, found)
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def box() -> Iterator[Bubblewrap]:
    """One sandbox for all that is marked alone."""
    need_bubblewrap()
    with closing(Bubblewrap()) as box:
        yield box


def hand_in(name: str, folder: Path) -> None:
    """Write an attack's files into a folder that does not exist yet."""
    folder.mkdir(parents=True)
    maker = HOSTILE / name / "make.py"
    if maker.exists():
        runpy.run_path(str(maker))["make"](folder)
    else:
        shutil.copytree(HOSTILE / name / "tiny", folder / "tiny")


def hidden(text: str) -> set[str]:
    """Return the characters of a text that nobody sees, or that steer what shows it."""
    return {char for char in text if unicodedata.category(char) in HIDDEN and char not in "\n\t"}


def heaps(text: str) -> list[str]:
    """Return the places where more marks stand upon a letter than any language writes."""
    marks = "".join("m" if unicodedata.category(char) in ("Mn", "Me") else "." for char in text)
    return [text[found.start() : found.end()] for found in re.finditer("m{7,}", marks)]


def on_terminal(result: Result, language: str, colour: bool) -> str:
    """Return what a terminal gets for a result, with all that there is to tell."""
    out = io.StringIO()
    console = Console(file=out, width=90, force_terminal=colour, no_color=not colour, legacy_windows=False)
    print_result(result, console, language, verbose=True)
    return out.getvalue()


def pages(marked: Marked) -> dict[str, str]:
    """Return every page that was written, and each scorecard in Chinese."""
    found = {str(path.relative_to(marked.out)): path.read_text(encoding="utf-8") for path in marked.out.rglob("*.html")}
    return found | {f"{name} zh": render_scorecard(result, "zh") for name, result in marked.results.items()}


class Elements(HTMLParser):
    """The elements of a piece of HTML, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_earn_nothing(name, marked):
    """Each attack was marked as its description allows, earned nothing, and there is something of it to show."""
    result = marked.results[name]
    allowed = tomllib.loads((HOSTILE / name / "attack.toml").read_text(encoding="utf-8"))["allowed"]
    assert result.score == 0
    assert result.complete
    assert {check.status for check in result.exercises[0].checks} <= {Status(status) for status in allowed}
    assert any(check.message or check.seen for check in result.exercises[0].checks)


def test_the_attacks_arrive(marked):
    """Escapes, markup, orders and halves of characters do get as far as the results: what follows tests something."""
    told = "".join(str(result) for result in marked.results.values())
    for part in (
        "<script>",
        "::error::",
        "{{ 7919*7919 }}",
        "[red]",
        "=cmd|",
        "]]>",
        "https://evil.example",
        "10 / 10",
    ):
        assert part in told
    said = "".join(check.message.en for result in marked.results.values() for check in result.exercises[0].checks)
    assert set("\x00\x07\x1b\x9b\u2028\u202e\u200b\ufffe\r") <= set(said)


def test_pages_have_no_element_of_theirs(marked):
    """Every page closes what it opens, and has no tag, attribute, address or hidden character but our own."""
    ours = {tag for tag, _ in Page(render_scorecard(marked.results["text_html"])).tags}
    assert not ours & {"img", "iframe", "base", "link", "object", "embed", "form", "x"}
    for name, html in pages(marked).items():
        page = Page(html)
        assert page.open == [], name
        assert sum(tag == "script" for tag, _ in page.tags) == 1, name
        assert not {tag for tag, _ in page.tags} & {"img", "iframe", "base", "link", "object", "embed", "form", "x"}
        assert not [key for _, attributes in page.tags for key in attributes if key.startswith("on") or key == "src"]
        links = {attributes["href"] or "" for _, attributes in page.tags if "href" in attributes}
        assert not [link for link in links if "evil" in link or "script" in link.split(":")[0]], name
        assert not hidden(html), (name, hidden(html))
        assert not [product for product in (7907**2, 7919**2) if str(product) in html], name
        assert len(html) < 1_000_000, name


def test_a_browser_runs_nothing_of_theirs(marked, tabs):
    """In Chromium no page logs an error, asks for anything, changes its title, or has an element that scripts made."""
    count = "document.querySelectorAll('img, iframe, base, link, object, embed, form, x, body script').length"
    for path in marked.out.rglob("*.html"):
        with tabs.visiting(path) as page:
            page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
            assert page.evaluate("typeof window.owned") == "undefined", path
            assert page.title() != "owned", path
            assert page.evaluate(count) <= 1, path


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("colour", [True, False], ids=["colour", "plain"])
def test_a_terminal_gets_no_order_of_theirs(marked, language, colour):
    """On a terminal there is no control character but our own colours, and no line of theirs begins where ours do."""
    for name, result in marked.results.items():
        told = on_terminal(result, language, colour)
        assert colour or "\x1b" not in told
        shown = STYLES.sub("", told)
        assert not hidden(shown), (name, hidden(shown))
        assert len(shown.split("\n")) < 150, name
        total = "总分" if language == "zh" else "Total"
        assert [line for line in shown.split("\n") if "10 / 10" in line and line.startswith((total, "1.1"))] == [], name
        assert sum(line.startswith(total) for line in shown.split("\n")) == 1, name


def test_the_command_prints_no_order_of_theirs(marked):
    """What `grade batch` prints about the class has no control character, and no order to a runner."""
    assert not hidden(marked.printed)
    assert not re.search(r"(?m)^\s*::|##\[", marked.printed)


def test_marks_are_not_heaped(marked):
    """Nowhere do so many marks stand upon a letter that they cover the lines around it."""
    for name, result in marked.results.items():
        assert not heaps(on_terminal(result, "en", False)), name
        assert not heaps(render_scorecard(result)), name
        assert not heaps(gradescope_json(result)), name


@pytest.mark.parametrize("file", ["gradebook.csv", "canvas.csv", "moodle.csv"])
def test_lists_of_grades_have_no_formula(file, marked):
    """Every list has a row for each student, with as many cells as its header, and none that a spreadsheet runs."""
    data = (marked.out / file).read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline=""), strict=True))
    assert len(rows) > len(ATTACKS) // 2
    # Canvas has a line of its own below the header, and ends each of the others alike.
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not hidden(data.replace("\r\n", "\n"))
    for cell in (cell for row in rows for cell in row):
        assert "\n" not in cell
        assert len(cell) <= 2100
        # A semicolon begins a cell where the comma is the decimal sign.
        for part in cell.split(";"):
            assert not part.strip().strip('"').strip().startswith(tuple(FORMULA)), cell


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_for_ci_has_no_test_of_theirs(marked, language):
    """The JUnit report is XML with our tests alone, each of them failed, for whoever reads it."""
    written = (marked.out / "junit.xml").read_text(encoding="utf-8")
    for xml in (written, "".join(junit_xml(marked.results.values(), language))):
        root = ElementTree.fromstring(xml)
        cases = list(root.iter("testcase"))
        assert len(list(root.iter("testsuite"))) == len(ATTACKS)
        assert {case.get("name") for case in cases} == CHECKS
        assert len(cases) == len(ATTACKS) * len(CHECKS)
        assert all(case.find("failure") is not None for case in cases)
        assert "<!" not in xml.replace("<![CDATA[", "")
        texts = [text for part in root.iter() for text in (part.text or "", *part.attrib.values())]
        assert not hidden("".join(texts))


def test_json_is_json(marked):
    """Every result is strict JSON in UTF-8 that says what the result says."""
    files = list(marked.out.glob("students/*/*.json"))
    assert len(files) == 2 * len(ATTACKS)
    for file in files:
        told = read_json(file.read_bytes().decode("utf-8"))
        assert ("tests" if file.name == "gradescope.json" else "exercises") in told
        assert file.stat().st_size < 500_000
    for name, result in marked.results.items():
        told = read_json(to_json(result, "zh").encode().decode("utf-8"))
        assert (told["score"], told["max_score"]) == (0, 10), name


def read_json(text: str) -> dict[str, Any]:
    """Return strict JSON: no NaN, no key twice, no control character as itself."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    def never(constant: str) -> None:
        raise AssertionError(constant)

    assert not re.search(r"[\x00-\x09\x0b-\x1f]", text)
    found = json.loads(text, object_pairs_hook=once, parse_constant=never)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_gradescope_shows_plain_text(marked, language):
    """Gradescope is told to take everything as text, gets nothing hidden in it, and no check as passed."""
    for name, result in marked.results.items():
        told = json.loads(gradescope_json(result, language))
        assert {key: told[key] for key in told if key.endswith("format")} == dict.fromkeys(
            ("output_format", "test_output_format", "test_name_format"), "text"
        )
        assert told["score"] == 0
        assert [test["status"] for test in told["tests"]] == ["failed"] * len(CHECKS)
        for test in (told, *told["tests"]):
            assert not hidden(test["output"] + test.get("name", "")), name
            assert "\n" not in test.get("name", "")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_annotations_are_ours(marked, language):
    """Each annotation is one line with one order of ours and the properties that we gave it."""
    for name, result in marked.results.items():
        for line in annotation_lines(result, language, "homework"):
            assert line.splitlines() == [line], name
            assert not hidden(line), name
            found = re.fullmatch(r"::(?:error|warning|notice) (.*?)::.*", line)
            assert found, line
            properties = [part.split("=")[0] for part in found[1].split(",")]
            assert properties in (["file", "line", "title"], ["file", "title"], ["title"]), line
            assert len(line) < 8000


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_summary_has_no_markdown_of_theirs(marked, language):
    """Rendered as GitHub does, a summary has our heading, table and words, and loads, links and mentions nothing."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for name, result in marked.results.items():
        source = summary_markdown(result, language)
        assert not hidden(source), name
        # GitHub makes links and mentions of these wherever they stand as themselves.
        assert not re.search(r"https?://|www\.|@\w|#\d|:\w+:|\$", re.sub(r"&#\d+;", "", source)), name
        found = Elements(parser.render(source)).found
        tags = [tag for tag, _ in found]
        assert set(tags) <= set("h2 p strong table thead tbody tr th td code br".split()), name
        assert {key for _, attributes in found for key in attributes} <= {"style"}
        assert (tags.count("h2"), tags.count("table"), tags.count("tr")) == (1, 1, 2), name


@pytest.mark.parametrize("name", ["text_workflow", "text_names", "text_file_names"])
def test_a_runner_obeys_nothing_of_theirs(name, box, tmp_path):
    """In the log of a run on GitHub, every order that is obeyed is ours, and nothing hidden is in it."""
    hand_in(name, tmp_path / "work")
    page = tmp_path / "summary.md"
    command = ("tiny", "--submission", tmp_path / "work", "-v")
    env = {**TINY_ONLY, "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(page)}
    # One of them as a process of its own, whose log holds whatever reaches its output, by whatever way.
    done = grade(*command, env=env) if name == "text_workflow" else grade_here(*command, env=env, box=box)
    assert done.returncode == 1, done.stderr
    assert not hidden(done.stdout)
    assert page.exists()
    token = ""
    obeyed = []
    # The runner ends lines at line feeds and carriage returns, and looks behind blanks.
    for line in map(str.strip, re.split(r"[\r\n]", done.stdout)):
        if token:
            token = "" if line == f"::{token}::" else token
        elif line.startswith("::stop-commands::"):
            token = line.removeprefix("::stop-commands::")
        elif line.startswith("::") or "##[" in line and not line.startswith("::"):
            obeyed.append(line)
    assert obeyed
    assert all(re.match(r"::(error|warning|notice) (file|title)=", line) for line in obeyed)
