"""The documentation is true: what is generated is up to date, what is printed is real, and the site builds."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from support import ROOT, need_bubblewrap
from test_readme import alike

import grader
from docs import commands_page, diagram, screens
from docs.commands import complaint, printed
from grader.batch.gradebook import Gradebook
from grader.handins.roster import COLUMNS as ROSTER
from grader.reports.export_words import COLUMNS
from grader.results import Status

DOCS = ROOT / "docs"
FORMATS = (DOCS / "formats.md").read_text(encoding="utf-8")
PAGES = [
    *(ROOT / name for name in ("README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")),
    *sorted((ROOT / "student_template").glob("*.md")),
    *sorted(DOCS.glob("*.md")),
]
TEMPLATES = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def section(title: str) -> str:
    """Return the part of formats.md below a heading."""
    _, _, rest = FORMATS.partition(f"\n## {title}\n")
    return re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` does."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_site_builds_without_a_warning(site: Path) -> None:
    """Every page is in the menu, and every link and anchor leads somewhere"""
    assert {page.stem for page in DOCS.glob("*.md")} <= {page.stem for page in site.glob("*.html")}


def test_the_site_fetches_nothing(site: Path) -> None:
    """No page asks another server for a script, a style or a font"""
    asked = re.compile(r"<(?:script|link|img)[^>]+(?:src|href)=\"?(https?://[^\" >]+)")
    foreign = {page.name: asked.findall(page.read_text(encoding="utf-8")) for page in site.glob("*.html")}
    assert {name: found for name, found in foreign.items() if found} == {}


def test_the_site_has_what_other_files_say(site: Path) -> None:
    """The tutorial has the example that CONTRIBUTING.md gives, the figures are those of README.md"""
    assert "ex5_1_4_residual" in (site / "writing-an-exercise.html").read_text(encoding="utf-8")
    assert "cold process" in (site / "performance.html").read_text(encoding="utf-8")
    assert "diagnosis_details" in (site / "formats.html").read_text(encoding="utf-8")


def test_the_diagram_is_up_to_date() -> None:
    """The picture of the layers shows the imports that there are"""
    assert diagram.TARGET.read_text(encoding="utf-8") == diagram.draw(), "run python tests/docs/diagram.py"


def test_the_reference_of_commands_is_up_to_date() -> None:
    """The page of commands says what Click says"""
    told = commands_page.TARGET.read_text(encoding="utf-8")
    assert told == commands_page.page(), "run python tests/docs/commands_page.py"


@pytest.mark.parametrize("language", ["English", "Chinese"])
def test_the_screens_are_what_is_printed(language: str) -> None:
    """Every screen is what its command prints now, apart from how a machine rounds"""
    need_bubblewrap()
    shown = screens.TARGET.read_text(encoding="utf-8")
    wanted = screens.part(language)
    found = next(piece for piece in re.split(r"\n(?=## )", shown) if piece.startswith(f"## In {language}\n"))
    if not alike(found, wanted):
        assert found == wanted, "run python tests/docs/screens.py"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_printed_commands_are_real(path: Path) -> None:
    """Every command of ours that a page prints exists, with the options that it is given"""
    found = {command: complaint(command.text) for command in printed(path.read_text(encoding="utf-8"))}
    assert {f"line {command.line}: {command.text}": wrong for command, wrong in found.items() if wrong} == {}


def test_commands_on_pages_are_found() -> None:
    """Those in blocks, behind a path or a prompt, and within a sentence"""
    markdown = "A\n```sh\nmake demo  # x\n```\n\n```ini\nExecStart=/x/bin/grade new hw\n```\n`grade ex5 -v`"
    assert [(one.line, one.text) for one in printed(markdown)] == [
        (3, "make demo  # x"),
        (7, "ExecStart=/x/bin/grade new hw"),
        (9, "grade ex5 -v"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "grade ex5 --colour",
        "grade mark",
        "grade batch a b --out c",
        "make tea",
        "python tests/no.py",
        "x/bin/grade new",
    ],
)
def test_a_command_that_is_none_is_noticed(text: str) -> None:
    """A misspelt option, a missing or superfluous word, a target or script that is not there are found"""
    assert complaint(text)


def test_the_gradebook_is_as_described(tmp_path: Path) -> None:
    """The page names every table and column of the gradebook, and no other"""
    path = tmp_path / "gradebook.sqlite"
    Gradebook(path).close()
    base = sqlite3.connect(path)
    names = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    real = {name: {row[1] for row in base.execute(f"PRAGMA table_info({name})")} for name in names}
    version = base.execute("PRAGMA user_version").fetchone()[0]
    base.close()
    told: dict[str, set[str]] = {}
    table = ""
    for line in section("gradebook.sqlite").splitlines():
        cells = [re.findall(r"`(\w+)`", cell) for cell in line.split("|")[1:3]]
        if line.startswith("|") and cells[1]:
            table = cells[0][0] if cells[0] else table
            told.setdefault(table, set()).update(cells[1])
    assert told == real
    assert f"`PRAGMA user_version` is {version}" in FORMATS


def test_the_columns_of_the_gradebook_are_named() -> None:
    """The page lists the columns of gradebook.csv and those of a roster"""
    told = section("gradebook.csv")
    assert [column.en for column in COLUMNS.values() if f"`{column.en}`" not in told] == []
    assert [column for column in ROSTER if f"`{column}`" not in section("Roster")] == []


def test_every_status_is_explained() -> None:
    """The page has a line for each way in which a check can end"""
    assert [status for status in Status if f"| `{status.value}` |" not in FORMATS] == []


@pytest.mark.parametrize("name", ["assignment.toml", "mistakes.toml"])
def test_the_keys_of_exercises_are_named(name: str) -> None:
    """The page's example has every key that an exercise of ours has, and can be read"""
    block = re.search(r"```toml\n(.*?)```", section(name), re.DOTALL)
    assert block is not None
    told = json.dumps(tomllib.loads(block[1]))

    def keys(value: object) -> set[str]:
        if isinstance(value, list):
            return {key for item in value for key in keys(item)}
        return set(value) | {k for v in value.values() for k in keys(v)} if isinstance(value, dict) else set()

    for path in (ROOT / "exercises").rglob(name):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        used = keys(table) if name == "assignment.toml" else keys(list(table.values()))
        assert {key for key in used if f'"{key}"' not in told} == set(), path


def test_the_version_is_the_same_everywhere() -> None:
    """The newest version of the changelog is this one, and so are the wheels that pages name"""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[([^\]]+)\]", changes, re.MULTILINE)
    assert versions[0] == "Unreleased"
    assert versions[1] == grader.__version__
    for path in PAGES:
        named = set(re.findall(r"d2l_grader-(\d[\w.]*)-py3", path.read_text(encoding="utf-8")))
        assert named <= {grader.__version__}, path


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.name != "config.yml"], ids=lambda path: path.stem)
def test_the_forms_for_issues_are_forms(path: Path) -> None:
    """A form has a name, a description, and fields whose ids are all different"""
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form["name"]
    assert form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert all(field["attributes"]["label"] for field in fields)
    assert len({field["id"] for field in fields}) == len(fields) > 0


def test_a_report_of_a_fault_asks_for_the_doctor() -> None:
    """The forms for faults and for wrong verdicts ask for what `grade doctor` prints"""
    assert {path.stem for path in TEMPLATES} == {"config", "fault", "verdict", "exercise"}
    for name in ("fault", "verdict"):
        text = (ROOT / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml").read_text(encoding="utf-8")
        assert "grade doctor" in text
