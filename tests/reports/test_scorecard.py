"""The HTML of scorecards, read without a browser."""

import re
from dataclasses import replace

import pytest

from grader.reports import outline, text
from grader.reports.scorecard import index_row, render_index, render_scorecard
from grader.results import Location, Status, Text

from . import samples
from .markup import Page

SAMPLES = [samples.usual, samples.every_status, samples.hostile, samples.all_passed, samples.result]


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_is_whole_and_encodable(sample, language):
    """Every page is UTF-8, closes what it opens, names no id twice, and links to what exists."""
    html = render_scorecard(sample(), language)
    html.encode("utf-8")
    page = Page(html)
    assert page.open == []
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inner = {attrs["href"][1:] for _, attrs in page.tags if (attrs.get("href") or "").startswith("#")}
    assert inner <= set(ids)


def test_same_result_gives_same_page():
    """Rendering is a function of the result alone."""
    assert render_scorecard(samples.usual()) == render_scorecard(samples.usual())


def test_student_strings_make_no_tags():
    """Nothing that a student wrote becomes a tag, an attribute or a hidden character."""
    page = Page(render_scorecard(samples.hostile()))
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name == "style"]
    html = render_scorecard(samples.hostile())
    assert not set(html) & set("\x00\x07\x1b\u202e\u2066\u200b\ud800\uffff\x9b")
    assert "{{ 7*7 }}" in html


@pytest.mark.parametrize("name", ["</title><script>x()</script>", "a\ud800b", '" onload="x()', "\u202egnp"])
def test_submission_name_is_data(name):
    """A folder's name cannot break out of the title or the heading."""
    html = render_scorecard(replace(samples.usual(), submission=name))
    html.encode("utf-8")
    assert html.count("<script") == 1
    assert not [attrs for _, attrs in Page(html).tags if "onload" in attrs]


def test_nothing_is_fetched():
    """The page names no resource outside itself, and its policy forbids them."""
    html = render_scorecard(samples.usual())
    assert "default-src 'none'" in html
    assert "unsafe-inline" not in html
    assert not re.search(r"\bsrc=|@import|url\(|<link", html)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", " javascript:x", "java\nscript:x", "https:///x"]
)
def test_harmful_links_are_left_out(link):
    """Only web and relative addresses become links."""
    html = render_scorecard(samples.usual(), statement_links={"5.1.2": link})
    assert "Read the exercise" not in html


@pytest.mark.parametrize("link", ["https://example.org/a?b=1&c=2", "../ex5/statement.en.md"])
def test_statement_links(link):
    """A statement's address becomes a link of its exercise."""
    page = Page(render_scorecard(samples.usual(), statement_links={"5.1.2": link}))
    assert [attrs for _, attrs in page.tags if attrs.get("href") == link]


def test_book_in_words_is_no_link():
    """A place in the book that is not an address stays text."""
    html = render_scorecard(samples.result(samples.exercise("5.1.1", Text("A"), samples.check(), book="5.1.2")))
    assert 'href="5.1.2"' not in html


def test_both_languages_are_in_the_page():
    """Whatever language the page opens in, the other one is there too."""
    for language, lang in (("en", "en"), ("zh", "zh-Hans")):
        html = render_scorecard(samples.usual(), language)
        assert f'<html lang="{lang}">' in html
        assert "What happened" in html and "发生了什么" in html


@pytest.mark.parametrize("language", ["en", "zh"])
def test_compared_values_follow_the_language(language):
    """A value with words in it is there in both languages, one of them shown; one that is code is there once."""
    html = render_scorecard(samples.usual(), language)
    for words in (Text("shape (1, 36)", "形状 (1, 36)"), Text("shape (36,)", "形状 (36,)")):
        assert html.count(f'<dd class="t" lang="en"><pre>{words.en}</pre></dd>') == 1
        assert html.count(f'<dd class="t" lang="zh-Hans"><pre><bdi>{words.zh}</bdi></pre></dd>') == 1
    assert html.count('<dd><pre class="wide" tabindex="0">tensor([[ 0.1250') == 1


def test_a_value_in_one_language_alone_is_shown():
    """A value that is there in one language stands once, in either language of the page."""
    for words in (Text("in English"), Text("", "in Chinese")):
        check = samples.check("a", Status.FAILED, seen=words)
        html = render_scorecard(samples.result(samples.exercise("5.1.1", Text("A"), check)))
        assert html.count(f"<dd><pre>{words.en or words.zh}</pre></dd>") == 1


def test_every_status_is_a_word():
    """Each status is written out, never a colour alone."""
    page = Page(render_scorecard(samples.every_status()))
    for word in (
        "Grader error",
        "Crashed",
        "Out of time",
        "Out of memory",
        "Error",
        "Failed",
        "Missing",
        "Not started",
        "Not run",
        "Passed",
    ):
        assert word in page.words


def test_grader_error_is_never_a_zero():
    """A check that we could not decide shows no score, and the page says whose fault it was."""
    broken = samples.result(samples.exercise("5.1.1", Text("A"), samples.check("c", Status.GRADER_ERROR)))
    html = render_scorecard(broken)
    assert "That is our fault" in html
    assert html.count("<b>\u2013</b>") == 3
    assert html.count("<b>0</b>") == 1, "only the total"
    assert "To work on" not in html


def test_failures_come_first():
    """Exercises to work on stand above those that passed."""
    html = render_scorecard(samples.usual())
    assert html.index('id="ex-5.2.1"') < html.index('id="ex-5.1.3"') < html.index('id="ex-5.1.1"')


def test_isolation_is_explained():
    """The footer says what marking without a sandbox means."""
    assert "checked without isolation" in render_scorecard(samples.every_status())


def test_index_lists_scorecards():
    """The list links to each scorecard and counts how its checks ended."""
    html = render_index([index_row(samples.usual(), "alice.html", Text("In the middle"))], "Demo")
    page = Page(html)
    assert [attrs for _, attrs in page.tags if attrs.get("href") == "alice.html"]
    assert "10 Passed" in page.words and "In the middle" in page.words
    assert page.open == []


def test_index_without_rows():
    """An empty list says so."""
    assert "no scorecards yet" in render_index([], Text("Demo", "示例"))


@pytest.mark.parametrize(
    ("value", "best", "text_"),
    [
        (4.0, 4.0, "4"),
        (3.3333, 5.0, "3.33"),
        (4.9999, 5.0, "4.99"),
        (0.0, 1.0, "0"),
        (87.5, 100.0, "87.5"),
        (10.0, None, "10"),
    ],
)
def test_points(value, best, text_):
    """A score is short, and never looks full when it is not."""
    assert outline.points(value, best) == text_


@pytest.mark.parametrize(
    ("statuses", "untouched"),
    [
        ([Status.NOT_ATTEMPTED, Status.NOT_ATTEMPTED], True),
        ([Status.NOT_ATTEMPTED, Status.NOT_RUN], True),
        ([Status.NOT_ATTEMPTED, Status.FAILED], False),
        ([Status.NOT_ATTEMPTED, Status.PASSED], False),
        ([Status.NOT_RUN], False),
        ([], False),
    ],
)
def test_untouched(statuses, untouched):
    """An exercise of which nothing was begun is untouched, also where this machine cannot run all of its checks."""
    exercise = samples.exercise("5.1.2", Text("A"), *(samples.check(status=status) for status in statuses))
    assert outline.is_untouched(exercise) is untouched


@pytest.mark.parametrize(
    ("assignment", "id", "typed"),
    [
        ("ex5", "5.1.2", "ex5.1.2"),
        ("hw", "1", "hw.1"),
        ("ex15", "15.2", "ex15.2"),
        ("ex15", "5.2", "ex15.5.2"),
        ("ex5_warmup", "1.2", "ex5_warmup.1.2"),
    ],
)
def test_what_to_type_next(assignment, id, typed):
    """The next command names the exercise as `grade` takes it."""
    exercise = samples.exercise(id, Text("A"))
    assert outline.target(samples.result(exercise, assignment=assignment), exercise) == typed


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\\rb"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202e", "\\u202e"),
        ("\ud800", "\\ud800"),
        ("日本\t语\n", "日本\t语\n"),
        ("e\u0301", "e\u0301"),
        ("\u2028", "\\u2028"),
        ("\U000e0041", "\\U000e0041"),
        ("", ""),
    ],
)
def test_hidden_characters_are_shown(raw, shown):
    """Characters that cannot be seen are written as escapes, all others stay."""
    assert text.visible(raw) == shown


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("10%\r50%\r100%\n", "100%"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;t\x07x", "x"),
        ("a\n\nb\n", "a\n\nb"),
        ("a\r", "a"),
    ],
)
def test_output_is_what_a_terminal_would_leave(raw, left):
    """Colours and overwritten progress bars vanish from captured output."""
    assert text.printed(raw) == left


def test_blank_source_lines_are_trimmed():
    """Blank lines around an excerpt are dropped, a marked blank line is kept."""
    place: Location = samples.place(3, "", "a", "", "b", "")
    assert [line.number for line in outline.source_lines(place)] == [2, 3, 4]
