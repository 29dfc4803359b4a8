"""Scorecards in a real browser: layout, accessibility, languages, print."""

import pytest

from grader.reports.scorecard import index_row, render_index, render_scorecard
from grader.results import Text

from . import samples
from .browsing import DESKTOP, PHONE, check_accessible, show

LINKS = {"5.1.2": "https://example.org/5.1.2"}


def index() -> str:
    """Return a page that leads to three scorecards."""
    rows = [
        index_row(sample(), f"{sample.__name__}.html", Text("A note", "说明"))
        for sample in (samples.usual, samples.every_status, samples.hostile)
    ]
    return render_index(rows, Text("Demo scorecards", "示例成绩单"))


PAGES = {
    "usual": lambda: render_scorecard(samples.usual(), statement_links=LINKS),
    "chinese": lambda: render_scorecard(samples.usual(), "zh", LINKS),
    "statuses": lambda: render_scorecard(samples.every_status()),
    "hostile": lambda: render_scorecard(samples.hostile()),
    "passed": lambda: render_scorecard(samples.all_passed()),
    "index": index,
}

# Every page in both schemes and at both sizes; all four combinations for the one that has it all.
LOOKS = [(name, size, scheme) for name in PAGES for size, scheme in ((PHONE, "light"), (DESKTOP, "dark"))]
LOOKS += [("usual", PHONE, "dark"), ("usual", DESKTOP, "light")]


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    LOOKS,
    ids=[f"{name}-{size['width']}-{scheme}" for name, size, scheme in LOOKS],
)
def test_accessible_and_within_the_screen(visit, name, size, scheme):
    """With everything unfolded, axe finds nothing and the page does not scroll sideways."""
    with visit(name, viewport=size, color_scheme=scheme, reduced_motion="reduce") as page:
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        check_accessible(page)


@pytest.mark.parametrize("name", PAGES)
def test_narrowest_phone(visit, name):
    """At 320 pixels nothing sticks out, of the page or of the card that holds it."""
    with visit(name, viewport={"width": 320, "height": 640}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate("[...document.querySelectorAll('.flush')].every(e => e.scrollWidth <= e.clientWidth)")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_language_switch_by_keyboard(visit, script):
    """Tab to the switch and an arrow key change the language, with and without scripts."""
    with visit("usual", viewport=DESKTOP, java_script_enabled=script) as page:
        happened = page.locator("dt", has_text="What happened")
        assert happened.locator("[lang=en]").is_visible()
        page.keyboard.press("Tab")
        assert page.locator(".skip").bounding_box()["x"] >= 0
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        assert page.locator("#lang-zh").is_checked()
        assert not happened.locator("[lang=en]").is_visible()
        assert happened.locator("[lang=zh-Hans]").is_visible()
        if script:
            assert page.evaluate("document.documentElement.lang") == "zh-Hans"
            assert "第 5 章" in page.title()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_print_shows_everything(visit, script):
    """On paper the folded parts are open, on white, and the switch is gone."""
    with visit("usual", viewport=DESKTOP, color_scheme="dark", java_script_enabled=script) as page:
        passed = page.get_by_text("Chain of length 2 works")
        assert not passed.is_visible()
        page.emulate_media(media="print")
        assert passed.bounding_box()["height"] > 0
        assert not page.locator(".switch").is_visible()
        if script:
            assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        pdf = page.pdf()
        assert pdf.startswith(b"%PDF")


def test_values_side_by_side_on_desktop_only(visit):
    """Short values stand beside each other where there is room, and below each other where not."""
    for size, beside in ((DESKTOP, True), (PHONE, False)):
        with visit("usual", viewport=size) as page:
            values = page.locator(".compare:not(.long) .value")
            first, second = (values.nth(i).bounding_box() for i in (0, 1))
            assert (first["y"] == second["y"]) is beside


def test_summary_leads_to_exercise(visit):
    """A row of the summary leads to the exercise."""
    with visit("usual", viewport=PHONE, reduced_motion="reduce") as page:
        page.locator("tbody a", has_text="5.2.1").click()
        page.wait_for_function("document.getElementById('ex-5.2.1').getBoundingClientRect().y < 100")


@pytest.mark.parametrize("name", PAGES)
def test_pictures_of_every_page(visit, name):
    """Every page can be pictured on phone and desktop, light and dark; GRADER_SHOTS names a folder to keep them in."""
    for size in (PHONE, DESKTOP):
        pictures = []
        with visit(name, viewport=size) as page:
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                show(page, f"{name}-{size['width']}-{scheme}", full_page=name != "hostile")
                pictures.append(page.screenshot())
        assert min(map(len, pictures)) > 10_000
        assert pictures[0] != pictures[1]
