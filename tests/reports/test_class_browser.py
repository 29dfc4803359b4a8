"""The instructor's page in a real browser: layout, accessibility, sorting and filtering by keyboard, print."""

import pytest

from grader.reports.class_page import render_class

from . import classes
from .browsing import DESKTOP, PHONE, check_accessible, show

PAGES = {
    "usual": lambda: render_class(classes.realistic(10, 5, 4)),
    "chinese": lambda: render_class(classes.realistic(10, 5, 4), "zh"),
    "trouble": lambda: render_class(classes.every_trouble()),
    "hostile": lambda: render_class(classes.hostile()),
    "empty": lambda: render_class(classes.class_of(())),
}
# Each language in both schemes and at both sizes.
LOOKS = [
    ("usual", PHONE, "light"),
    ("trouble", DESKTOP, "light"),
    ("trouble", PHONE, "dark"),
    ("chinese", PHONE, "dark"),
    ("chinese", DESKTOP, "light"),
    ("hostile", PHONE, "light"),
    ("empty", DESKTOP, "dark"),
]
NAMES = "#table tbody tr:not([hidden]) th > :first-child"


def focus_on(page, selector: str) -> None:
    """Press Tab until what `selector` finds has the focus."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def names(page) -> list[str]:
    """Return the names in the table that are shown, from top to bottom."""
    return page.locator(NAMES).all_inner_texts()


@pytest.mark.parametrize(
    ("name", "size", "scheme"), LOOKS, ids=[f"{name}-{size['width']}-{scheme}" for name, size, scheme in LOOKS]
)
def test_accessible_and_within_the_screen(visit, name, size, scheme):
    """With everything unfolded, axe finds nothing and the page does not scroll sideways."""
    with visit(name, viewport=size, color_scheme=scheme, reduced_motion="reduce") as page:
        show(page, f"class-{name}-{size['width']}-{scheme}", full_page=name != "hostile")
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        check_accessible(page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_accessible_after_the_switch(visit, language):
    """The other language, chosen on the page, is as accessible as the first."""
    with visit("trouble" if language == "zh" else "chinese") as page:
        page.locator(f"label[for=lang-{language}]").click()
        check_accessible(page)


@pytest.mark.parametrize("name", PAGES)
def test_narrowest_phone(visit, name):
    """At 320 pixels nothing sticks out of the page."""
    with visit(name, viewport={"width": 320, "height": 640}) as page:
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_sort_by_keyboard(visit):
    """Tab reaches the headings; Enter sorts by score, best first, and once more the other way, dashes always last."""
    with visit("trouble") as page:
        before = names(page)
        focus_on(page, "#table th:nth-child(3) button")
        page.keyboard.press("Enter")
        head = page.locator("#table thead th").nth(2)
        assert head.get_attribute("aria-sort") == "descending"
        unknown = ["All Ours", "Absent", "Refused", "Crashed"]
        assert names(page) == [
            *("Best", "No Gpu", "Ours", "Slow", "Greedy", "Noted", "Ended", "Stranger", "Idle"),
            *unknown,
        ]
        page.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == "ascending"
        assert names(page) == [
            *("Idle", "Ended", "Stranger", "Slow", "Greedy", "Noted", "Ours", "No Gpu", "Best"),
            *unknown,
        ]
        focus_on(page, "#table th:nth-child(4) button")
        page.keyboard.press("Space")
        assert head.get_attribute("aria-sort") is None
        assert page.locator("#table [aria-sort]").count() == 1
        assert names(page)[0] in ("Best", "No Gpu", "Ours")
        assert sorted(names(page)) == sorted(before)


def test_sort_by_name_and_outcome(visit):
    """Names sort as people sort them, the first time from A."""
    with visit("trouble") as page:
        page.locator("#table th:nth-child(1) button").press("Enter")
        assert names(page) == sorted(names(page))
        assert page.locator("#table thead th").nth(0).get_attribute("aria-sort") == "ascending"
        page.locator("#table th:nth-child(2) button").press("Enter")
        assert names(page)[:1] == ["Best"] or page.locator("#table tbody td").first.inner_text().startswith("Marked")


def test_filter_by_keyboard(visit):
    """Typing narrows the table by name, id and e-mail address, and the number of rows is announced."""
    with visit("trouble") as page:
        shown = page.locator("#shown")
        assert shown.get_attribute("role") == "status"
        assert shown.inner_text() == "13 of 13 students shown"
        focus_on(page, "#find")
        page.keyboard.type("OuRs")
        assert names(page) == ["Ours", "All Ours"]
        assert shown.inner_text() == "2 of 13 students shown"
        page.locator("#find").fill("example.org")
        assert names(page) == ["Stranger"]
        page.locator("#find").fill("gpu  no")
        assert names(page) == ["No Gpu"]
        page.locator("#find").fill("nobody at all")
        assert names(page) == []
        assert shown.inner_text() == "0 of 13 students shown"
        page.locator("label[for=lang-zh]").click()
        assert shown.inner_text() == "显示 0 人，共 13 人"


def test_filter_by_outcome_and_flag(visit):
    """The arrow keys choose what is shown, together with what was typed, and through a sorting."""
    with visit("trouble") as page:
        focus_on(page, "#show-all")
        page.keyboard.press("ArrowRight")
        assert page.locator("#show-outcome_marked").is_checked()
        assert len(names(page)) == 10
        page.keyboard.press("ArrowRight")
        assert names(page) == ["Absent"]
        page.locator("#show-tag_same_code").check(force=True)
        assert names(page) == ["Best", "Slow", "Ours", "No Gpu"]
        page.locator("#find").fill("o")
        assert names(page) == ["Slow", "Ours", "No Gpu"]
        page.locator("#table th:nth-child(3) button").press("Enter")
        assert names(page) == ["No Gpu", "Ours", "Slow"]


def test_every_filter_shows_as_many_as_it_says(visit):
    """The number beside each choice is the number of rows that it leaves."""
    with visit("usual") as page:
        choices = page.locator("input[name=show]")
        assert choices.count() > 4
        for i in range(choices.count()):
            choices.nth(i).check(force=True)
            id = choices.nth(i).get_attribute("id")
            assert len(names(page)) == int(page.locator(f"label[for={id}] b").inner_text()), id


def test_without_scripts_everything_is_there(visit):
    """Without scripts there are no controls that do nothing, all rows are shown and languages can be switched."""
    with visit("trouble", java_script_enabled=False) as page:
        assert not page.locator("#find").is_visible()
        assert page.locator("#table button").count() == 0
        assert page.locator("#table tbody tr:visible").count() == 13
        assert page.locator("#strips tbody tr:visible").count() == 10
        page.locator("label[for=lang-zh]").click()
        assert page.locator("#students-title [lang=zh-Hans]").is_visible()
        assert not page.locator("#students-title [lang=en]").is_visible()


def test_language_switch_reaches_charts(visit):
    """Names of charts and of the navigation follow the language, though they cannot hold two texts."""
    with visit("trouble") as page:
        assert page.locator(".histogram title").text_content() == "Distribution of scores"
        assert page.get_by_role("img", name="Distribution of scores").count() == 1
        page.locator("label[for=lang-zh]").click()
        assert page.locator(".histogram title").text_content() == "分数分布"
        assert "中位数" in page.locator(".histogram desc").text_content()
        assert page.get_by_role("img", name="分数分布").count() == 1
        assert page.get_by_role("navigation", name="本页内容").count() == 1
        assert "班级成绩" in page.title()


def test_charts_have_an_alternative(visit):
    """The distribution is a table too, and each strip says in words what it shows."""
    with visit("trouble") as page:
        page.get_by_text("As a table").click()
        cells = page.locator(".narrow td").all_inner_texts()
        bars = page.locator(".histogram .count").all_text_contents()
        assert [n for n in cells if n != "0"] == bars
        row = page.locator("#strips tbody tr", has_text="Stranger")
        assert row.get_by_role("cell", name="5.1.1: 0/4, 5.1.2: 0/3, 5.6.1: 2/2").count() == 1


def test_pointing_at_a_step_names_it(visit):
    """The line below the picture says whose check it is, which one, and how it ended."""
    with visit("trouble") as page:
        strip = page.locator("#strips tbody tr", has_text="Ended").locator("svg")
        strip.scroll_into_view_if_needed()
        box = strip.bounding_box()
        # 4 + 1 + 3 + 1 + 2 units: the sixth is the first check of 5.1.2.
        page.mouse.move(box["x"] + box["width"] * 5.5 / 11, box["y"] + 3)
        readout = page.locator("#readout").inner_text()
        for part in ("Ended", "5.1.2", "Property 0 holds: A parallel block", "out of time"):
            assert part in readout
        before = readout
        page.mouse.move(box["x"] + box["width"] * 4.5 / 11, box["y"] + 3)
        assert page.locator("#readout").inner_text() == before, "a gap is no check"


def test_a_link_unfolds_its_exercise(visit):
    """The hardest checks lead to their exercise, which opens."""
    with visit("trouble", reduced_motion="reduce") as page:
        page.locator("#checks a", has_text="5.1.1").first.press("Enter")
        # The page hears of the new address a moment later.
        page.locator("[id='ex-5.1.1'][open]").wait_for()
        page.wait_for_function("Math.abs(document.getElementById('ex-5.1.1').getBoundingClientRect().y) < 100")


def test_unfolding_by_keyboard(visit):
    """An exercise opens and closes with Enter."""
    with visit("usual") as page:
        focus_on(page, "#exercises summary")
        page.keyboard.press("Enter")
        assert page.locator("#exercises details").first.locator("table").is_visible()
        page.keyboard.press("Enter")
        assert not page.locator("#exercises details").first.locator("table").is_visible()


def test_print_shows_everything(visit):
    """On paper everything is unfolded and unclipped, on white, without controls."""
    with visit("usual", color_scheme="dark") as page:
        page.emulate_media(media="print")
        assert not page.locator(".controls").is_visible()
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        clipped = "[...document.querySelectorAll('.tall')].filter(e => e.scrollHeight > e.clientHeight + 1).length"
        assert page.evaluate(clipped) == 0
        assert page.locator("#exercises .check-table").first.bounding_box()["height"] > 0
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_a_large_class_can_be_used(tabs, tmp_path):
    """A thousand students open, sort and filter before the browser gives up."""
    path = tmp_path / "class.html"
    path.write_text(render_class(classes.realistic(1000)), encoding="utf-8")
    with tabs.visiting(path) as page:
        assert page.locator("#table tbody tr").count() == 1000
        page.locator("#table th:nth-child(3) button").press("Enter")
        page.locator("#find").fill("王")
        assert 0 < page.locator(NAMES).count() < 300
