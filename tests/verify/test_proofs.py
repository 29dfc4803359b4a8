"""What `grade verify` shows of proofs made by hand: on a terminal, and as a page in a browser."""

import io
import re
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from grader.catalogue import Exercise
from grader.limits import Limits
from grader.results import CheckResult, Status, Text
from grader.verify.cases import Case, Kind
from grader.verify.matrix import letter, print_proofs, render_proofs
from grader.verify.mutants import make_mutants
from grader.verify.outcomes import Outcome, Trial
from grader.verify.proof import Proof

SOURCE = "def double(x):\n    return 2 * x + 0  # <b>\n"


def proof(checks=15, mistakes=30, findings=("a mistake gets full marks <b>",)):
    """Return a proof of some size, with every status, survivors and an equivalent mutant."""
    exercise = Exercise("ex9_9_9_sample", "9.9.9", Text("A sample", "示例"), 5.0, "", Path(), Limits())
    statuses = list(Status)

    def outcome(kind, name, shift):
        results = tuple(
            CheckResult(
                f"test_a_rather_long_name_of_check_{n}",
                Text(f"Check {n} does what its <b> title says", f"检查 {n}"),
                Status.PASSED if shift is None else statuses[(n + shift) % len(statuses)],
                0.0,
                1.0,
            )
            for n in range(checks)
        )
        return Outcome(Case(exercise, kind, name, b""), 0, 0.0, 5.0, results, ())

    outcomes = [outcome(Kind.SOLUTION, "solution", None), outcome(Kind.STUB, "stub", 7)]
    outcomes += [outcome(Kind.MISTAKE, f"a_mistake_with_a_rather_long_name_number_{n}", n) for n in range(mistakes)]
    trials = [
        Trial(mutant, outcome(Kind.MUTANT, mutant.name, None if n < 2 else 1), "the same <b>" if n == 0 else "")
        for n, mutant in enumerate(make_mutants(SOURCE))
    ]
    return Proof(exercise, tuple(outcomes), tuple(trials), tuple(findings), 3)


def printed(proofs, encoding="utf-8", **options):
    """Return what is printed into a file of some encoding."""
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    print_proofs(proofs, Console(file=file, width=80, **options))
    file.flush()
    return file.buffer.getvalue().decode(encoding)


@pytest.mark.parametrize("checks", [1, 15, 40, 50])
def test_lines_fit_80_columns(checks):
    """No line of matrix, legend or findings is wider than a terminal, and nothing ends in blanks."""
    shown = printed([proof(checks)])
    lines = shown.split("  survived")[0].splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if line != line.rstrip()]


def test_matrix_has_a_row_for_each_mistake():
    """The matrix has the letters of the checks above a row of symbols for each mistake."""
    shown = printed([proof(checks=3, mistakes=2)])
    assert re.search(r"^ +a b c$", shown, re.MULTILINE)
    assert re.search(r"^  a_mistake_with_a_rather_long_name_number_0 ! C T$", shown, re.MULTILINE)
    assert "a  test_a_rather_long_name_of_check_0 (2 mistakes)" in shown
    assert "a  test_a_rather_long_name_of_check_0 (1 mistake)" in printed([proof(checks=3, mistakes=1)])


def test_plain_where_it_is_piped_or_has_no_unicode():
    """A file gets no colours, and an ASCII terminal gets ASCII."""
    assert "\x1b" not in printed([proof()])
    assert printed([proof()], encoding="ascii").isascii()


def test_survivors_are_shown_with_their_diffs():
    """A mutant that no check noticed is shown as a diff; one that is listed as equivalent is not."""
    shown = printed([proof()])
    assert shown.count("survived:") == 1
    assert "    -    return 2 * x + 0" in shown
    assert "1 more listed as equivalent" in shown


def test_last_line_says_whether_anything_is_wrong():
    """The last line counts the findings, or says that there are none."""
    assert printed([proof()]).rstrip().endswith("1 finding")
    assert printed([proof(findings=())]).rstrip().endswith("Nothing is wrong.")


def test_letters_are_distinct():
    """Every check has a short name of its own."""
    assert len({letter(n) for n in range(70)}) == 70


@pytest.mark.parametrize("language", ["en", "zh"])
def test_page_is_whole(language):
    """The page escapes what it shows, names no id twice, and refers to nothing outside itself."""
    html = render_proofs([proof(), proof(findings=())], Text("Course", "课程"), language)
    assert "<b>" not in html
    assert not re.search(r'(src|href)="(?!#)', html)
    assert html.count("<table") == html.count("</table>") == 3
    assert "Content-Security-Policy" in html


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (320, "dark"), (1280, "dark")])
def test_accessible_and_within_the_screen(tmp_path, width, scheme):
    """With everything unfolded, axe finds nothing, and only the matrix scrolls sideways."""
    playwright = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    path = tmp_path / "page.html"
    path.write_text(render_proofs([proof()], Text("Course", "课程")), encoding="utf-8")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        troubles: list[str] = []
        page.on("console", lambda message: troubles.append(message.text))
        page.goto(path.as_uri())
        page.screenshot(path=str(tmp_path / "page.png"), full_page=True)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("getComputedStyle(document.querySelector('.matrix').parentElement).overflowX") == "auto"
        report = axe.Axe().run(page)
        browser.close()
    assert report.violations_count == 0, report.generate_report()
    assert troubles == []
