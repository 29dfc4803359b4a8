"""The instructor's page, read without a browser."""

import functools
import random
import re
from dataclasses import replace

import pytest

from grader.class_result import Entry, Outcome
from grader.reports.class_page import across, percent, render_class
from grader.results import Status, Text

from . import classes
from .markup import Page

ONE, TWO = classes.column("5.1.1", 4, 4.0), classes.column("5.1.2", 2, 6.0, 1)
ANN = classes.entry("ann", classes.marks(ONE, Status.PASSED), classes.marks(TWO, Status.PASSED), student="7")
REFUSED = [
    Entry(key, key.title(), Outcome.REFUSED, reason=Text("It is no archive.", "不是压缩包。")) for key in ("a", "b")
]

CLASSES = {
    "realistic": classes.realistic(40),
    "every trouble": classes.every_trouble(),
    "hostile": classes.hostile(),
    "empty": classes.class_of(()),
    "empty with exercises": classes.class_of((ONE, TWO)),
    "one student": classes.class_of((ONE, TWO), ANN),
    "all refused": classes.class_of((), *REFUSED, has_roster=True),
    "all refused, exercises known": classes.class_of((ONE, TWO), *REFUSED),
    "no submissions": classes.class_of((), Entry("a", "A", Outcome.NO_SUBMISSION), has_roster=True),
    "all ours": classes.class_of((ONE,), classes.entry("ann", classes.marks(ONE, Status.GRADER_ERROR))),
    "partly ours": classes.class_of(
        (TWO,), classes.entry("ann", classes.marks(TWO, Status.PASSED, Status.GRADER_ERROR))
    ),
    "no points": classes.class_of(
        (classes.column("5.1.1", 2, 0.0),),
        classes.entry("ann", classes.marks(classes.column("5.1.1", 2, 0.0), Status.FAILED)),
    ),
    "no checks": classes.class_of((replace(ONE, checks=()),), classes.entry("ann")),
}


@functools.cache
def rendered(name: str, language: str = "en") -> str:
    """Return the page of one of the classes, made once for all tests: the same class gives the same page."""
    return render_class(CLASSES[name], language)


def lines(html: str) -> str:
    """Return what a page or a part of one says, on one line, without tags."""
    if "<main" in html:
        html = html[html.index("<main") : html.index("<script>")]
    apart = re.sub(r"</(dt|dd|li|td|th|p|h[1-6]|summary|text|title)>", r" </\1>", html)
    return " ".join(Page(apart).words.split())


def english(html: str) -> str:
    """Return what a page says in English, on one line, without tags."""
    return lines(re.sub(r'<span class="t" lang="zh-Hans">(?:<bdi>.*?</bdi>|.*?)</span>', "", html))


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_is_whole_and_encodable(name, language):
    """Every page is UTF-8, closes what it opens, names no id twice, and links to what exists."""
    html = rendered(name, language)
    html.encode("utf-8")
    page = Page(html)
    assert page.open == []
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inner = {attrs["href"][1:] for _, attrs in page.tags if (attrs.get("href") or "").startswith("#")}
    labels = {id for _, attrs in page.tags for id in (attrs.get("aria-labelledby") or "").split()}
    described = {attrs["aria-describedby"] for _, attrs in page.tags if "aria-describedby" in attrs}
    targets = {attrs["for"] for _, attrs in page.tags if "for" in attrs}
    assert inner | labels | described | targets <= set(ids)
    assert f'<html lang="{"zh-Hans" if language == "zh" else "en"}">' in html


def test_same_class_gives_same_page():
    """Rendering is a function of the class alone."""
    assert render_class(classes.realistic(12)) == render_class(classes.realistic(12))


def test_nothing_is_fetched():
    """The page names no resource outside itself, and its policy forbids them."""
    html = rendered("realistic")
    assert "default-src 'none'" in html
    assert "unsafe-inline" not in html
    assert not re.search(r"\bsrc=|@import|url\(|<link|https?://", html)


def test_student_strings_make_no_tags():
    """Nothing that a student or a roster wrote becomes a tag, an attribute or a hidden character."""
    html = rendered("hostile")
    page = Page(html)
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    assert html.count("<script") == 1
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name == "style"]
    assert not set(html) & set("\x00\x07\x1b\u202e\u2066\u200b\ud800\uffff\x9b")
    assert "{{ 7*7 }}" in html and "alert(1)" in html


def test_links_stay_in_the_folder_of_students():
    """Every link leads to a place on the page or to a scorecard under a quoted key."""
    page = Page(rendered("hostile"))
    links = {attrs["href"] for tag, attrs in page.tags if tag == "a"}
    outside = {link for link in links if not link.startswith("#")}
    assert {link.removeprefix("students/").removesuffix("/scorecard.html") for link in outside} == {
        "a%20b",
        "%C3%A4%27%22%3C%26%3E",
        "c%25d%3Fe%23f",
        "..%252f",
        "x" * 200,
        "same",
        "long",
    }


def test_only_who_was_marked_has_a_link():
    """No link leads to a scorecard that was never written."""
    page = Page(rendered("every trouble"))
    linked = {attrs["href"].split("/")[1] for tag, attrs in page.tags if "/" in (attrs.get("href") or "")}
    assert linked == {entry.key for entry in classes.every_trouble().entries if entry.outcome is Outcome.MARKED}


def test_untrusted_is_said_first():
    """Without the sandbox the first thing on the page is that it is untrusted, in both languages."""
    html = rendered("every trouble")
    words = lines(html)
    assert words.startswith("Untrusted: marked without isolation结果不可信：")
    assert "Untrusted" not in rendered("realistic")


def test_figures_are_those_worked_out_by_hand():
    """The summary, an exercise, a check and the table's alternative show the numbers that they should."""
    cls = classes.class_of(
        (ONE, TWO),
        ANN,
        classes.entry(
            "bob",
            classes.marks(ONE, Status.PASSED, Status.PASSED, Status.FAILED, Status.ERROR),
            classes.marks(TWO, Status.PASSED, Status.FAILED, diagnoses=("swapped",)),
        ),
        classes.entry("cyd", classes.marks(ONE, Status.NOT_ATTEMPTED), classes.marks(TWO, Status.FAILED)),
        classes.entry("dan", classes.marks(ONE, Status.PASSED), classes.marks(TWO, Status.GRADER_ERROR)),
        Entry("eve", "Eve", Outcome.NO_SUBMISSION),
        has_roster=True,
    )
    words = english(render_class(cls))
    # Scores 10, 5 and 0; dan's is open.
    for part in (
        "Hand-ins 4 of 5",
        "Marked 4",
        "Median 5 out of 10",
        "Mean 5",
        "Middle half 2.5 to 7.5",
        "Full marks 1",
        "No points 1",
        "marked completely: 3. Marked, but not completely, and left out: 1.",
        "Number of scores: 3. The median is 5, the middle half lies between 2.5 and 7.5.",
        "0 to 1 1",
        "5 to 6 1",
        "9 to 10, the end included 1",
        # 5.1.1: 4, 2, 0, 4 points of 4; 5.1.2: 6, 3, 0 of 6.
        "5.1.1 Blocks in a Python list mean 2.5 of 4 50% full marks",
        "5.1.2 A parallel block mean 3 of 6 33% full marks",
        "5.1.2 Property 1 holds: A parallel block 33% 1 of 3 2 Failed 1 Grader error",
        "1 5.1.2 The outputs were probably joined the other way round. Who: 5.1.2 swapped Bob",
        "Bob 5.1.1: 2/4, 5.1.2: 1/2 5",
        "41.5 s, or 10.38 s for each hand-in marked",
        "Seed 7",
        "grader 0.1.0, torch 2.6.0, python 3.11.7",
    ):
        assert part in words, part
    assert words.index("5.1.2 A parallel block mean") < words.index("5.1.1 Blocks in a Python list mean")


def test_grader_error_is_never_a_zero():
    """A student whom the grader failed has a dash for a score, and a place of their own on the page."""
    html = rendered("all ours")
    words = english(html)
    assert "Grader errors 1 A fault of the grader, not of the students." in words
    assert "Nothing besides the grader errors." in words, "they are listed apart"
    assert "– no score" in words
    assert 'class="zero"' not in html and "<b>0</b>" not in html[html.index('id="table"') :]
    assert "No hand-in was marked completely." in words
    assert "Median" not in words


def test_everyone_to_look_at_is_listed():
    """Each reason stands with its students and what is known about them."""
    words = english(rendered("every trouble"))
    for part in (
        "Marking broke off 1 Marking these ended the grader's worker, twice. They have no score, which is not a zero. "
        "Crashed The worker ended by signal 9.",
        "cannot be read as a submission. Refused Two files are called ex5_1_1.py.",
        "Not in the roster 1 Nobody in the roster fits these hand-ins. They go by the name that they came with. "
        "Until they are matched, canvas.csv and moodle.csv leave out whoever has no submission. "
        "Stranger stranger who@example.org",
        "The code did not finish in time, in these exercises. Slow 5.1.1 slow Ended 5.1.2 ended",
        "or a signal, in these exercises. Ended 5.1.1",
        "No Gpu 5.6.1",
        "Noted Left aside: notes.txt",
        "nothing was handed in. Absent",
    ):
        assert part in words, part


def test_same_code_is_no_verdict():
    """Groups are named with their exercises, under a sentence that says what the list is not."""
    words = english(rendered("every trouble"))
    assert "This is a list to look at, not a verdict" in words
    assert "Students The same in Best Slow 5.1.2 Best No Gpu Ours 5.1.1" in words
    assert "No two hand-ins have the same code." in english(rendered("one student"))


@pytest.mark.parametrize(
    ("name", "says", "lacks"),
    [
        ("empty", "There is nobody in this class.", "Needs your eyes"),
        ("empty with exercises", "There is nobody in this class.", "Distribution"),
        ("one student", "Median 10 out of 10", "Grader errors"),
        ("empty with exercises", "There is nobody in this class.", "Blocks in a Python list"),
        ("all refused, exercises known", "A It is no archive. a B It is no archive. b", "Hardest checks"),
        ("all ours", "No check was decided for anyone.", "Every check was passed"),
        ("partly ours", "Every check was passed by all.", "No check was decided"),
        ("one student", "Every check was passed by all.", "No check was decided"),
        ("all refused", "Nothing was marked, so there are no figures.", "Same code"),
        ("no submissions", "Nothing was marked, so there are no figures.", "Hardest checks"),
        ("no points", "No points 1", "Distribution"),
        ("no checks", "No check of this exercise was run.", "Students and checks"),
    ],
)
def test_unusual_classes(name, says, lacks):
    """A class with little in it gets a page that says so, without empty charts."""
    words = english(rendered(name).replace("&#39;", "'"))
    assert says in words
    assert lacks not in words.split("About this marking")[0]


def test_both_languages_are_in_the_page():
    """Whatever language the page opens in, the other one is there too."""
    for language in ("en", "zh"):
        html = rendered("every trouble", language)
        assert "Hardest checks" in html and "最难的检查" in html
        assert 'data-en="Chapter 5: Builders&#39; guide: the class"' in html
    assert "<title data-en" in html and "第5章 深度学习计算：班级成绩</title>" in html


def test_flags_are_words():
    """Late, again, unmatched, out of time: a row says it, in words."""
    html = rendered("every trouble")
    table = html[html.index('id="table"') :]

    def row(key: str) -> str:
        return english(
            next(part for part in table.split("<tr ") if f"/{key}/" in part).split("</tr>")[0].join(["<p ", "</p>"])
        )

    assert "Out of time Late" in row("ended")
    assert "Attempt 3" in row("greedy")
    assert "Not in the roster" in row("stranger")
    assert "Grader error" in row("ours")
    assert "Not complete" in row("no_gpu")


def test_a_large_class_is_a_small_page():
    """A thousand students and 250 checks make less than 3 MB and few elements."""
    cls = classes.realistic(1000)
    html = render_class(cls)
    assert sum(len(column.checks) for column in cls.exercises) > 230
    assert len(html.encode()) < 3_000_000
    assert html.count("<path") < 7_000
    # So begins every element; to read the whole page as a browser does takes longer than to make it.
    assert len(re.findall("<[a-z]", html)) < 80_000


def test_a_large_class_without_any_pattern():
    """Even where every check of a thousand students ends at random, the page stays below 5 MB."""
    rng = random.Random(1)
    columns = tuple(classes.column(f"5.1.{i}", 13) for i in range(19))
    people = [
        classes.entry(f"s{i}", *(classes.marks(c, *rng.choices(list(Status), k=13)) for c in columns))
        for i in range(1000)
    ]
    assert len(render_class(classes.class_of(columns, *people)).encode()) < 5_000_000


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 3, "0%"), (3, 3, "100%"), (1, 3, "33%"), (1, 1000, "1%"), (999, 1000, "99%"), (1, 2, "50%")],
)
def test_percent(part, whole, text):
    """A share is never rounded to nobody or to all."""
    assert percent(part, whole) == text


def test_across():
    """A place on the axis stays on it."""
    assert (across(1, 3), across(3, 3), across(4, 3)) == (33.33, 100, 100)
