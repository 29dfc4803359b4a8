"""What README and docs/ show is what `grade` prints: `python tests/test_readme.py --write` puts it there anew."""

from __future__ import annotations

import json
import math
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from in_process import grade_here
from support import ROOT, grade, need_bubblewrap

from grader.sandbox.bubblewrap import Bubblewrap

PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").glob("*.md"))]
CONSOLE = re.compile(r"<!-- in (?P<where>\S+) -->\n```console\n(?P<text>.*?)```", re.DOTALL)
EXCERPT = re.compile(r"<!-- part of the result of: grade (?P<what>.+) -->\n```json\n(?P<text>.*?)```", re.DOTALL)
NUMBER = re.compile(r"(-?\d+\.\d+)")
PLAIN = {"COLUMNS": "80", "FORCE_COLOR": "", "TTY_COMPATIBLE": "", "NO_COLOR": "1"}


def commands(text: str) -> list[str]:
    """Return the command lines of a console block."""
    return [line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ ")]


def session(where: str, text: str, folder: Path, run: Callable[..., subprocess.CompletedProcess[str]] = grade) -> str:
    """Return a console block with what its commands print now, run in a copy of the folder that it names."""
    here = shutil.copytree(ROOT / where, folder / Path(where).name)
    shown = []
    for line in commands(text):
        program, *arguments = shlex.split(line, comments=True)
        assert program == "grade", f"{line}: only grade is run in a console block"
        done = run(*arguments, env=PLAIN, cwd=here)
        assert done.returncode in (0, 1), done.stderr
        shown.append(f"$ {line}\n{done.stdout}{done.stderr}")
    return "\n".join(shown)


def pieces(text: str) -> list[str | float]:
    """Return a text without times and versions, its decimal numbers as numbers."""
    text = re.sub(r"\b\d+(\.\d+)? s\b", "T s", text)
    text = re.sub(r"version \S+", "version V", text)
    return [float(part) if NUMBER.fullmatch(part) else part for part in NUMBER.split(text)]


def alike(one: str, other: str) -> bool:
    """Whether two texts are equal but for times, versions and how a machine rounds."""
    pairs = list(zip(pieces(one), pieces(other), strict=False))
    return len(pieces(one)) == len(pieces(other)) and all(
        math.isclose(a, b, rel_tol=1e-3, abs_tol=1e-4) if isinstance(a, float) and isinstance(b, float) else a == b
        for a, b in pairs
    )


def missing(part: Any, whole: Any, place: str = "") -> list[str]:
    """Return the places at which a part of a result says something else than the whole."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return [p for key, value in part.items() for p in missing(value, whole.get(key), f"{place}.{key}")]
    if isinstance(part, list) and isinstance(whole, list):
        return [f"{place}: {item}" for item in part if all(missing(item, other) for other in whole)]
    return [] if part == whole else [f"{place}: {part!r} for {whole!r}"]


def found(pattern: re.Pattern[str]) -> list[Any]:
    """Return what fits in any of the pages, as parameters that name page and place."""
    pages = [(path, path.read_text(encoding="utf-8")) for path in PAGES]
    return [
        pytest.param(block, id=f"{path.name}:{text[: block.start()].count(chr(10)) + 1}")
        for path, text in pages
        for block in pattern.finditer(text)
    ]


@pytest.fixture(scope="module")
def box() -> Iterator[Bubblewrap]:
    """One sandbox for everything that is marked here alone."""
    need_bubblewrap()
    with closing(Bubblewrap()) as box:
        yield box


@pytest.mark.parametrize("block", found(CONSOLE))
def test_a_page_shows_what_grade_prints(block: re.Match[str], box: Bubblewrap, tmp_path: Path) -> None:
    """The commands of a console block print what stands there, apart from times and versions"""

    def run(*words: str, **how: Any) -> subprocess.CompletedProcess[str]:
        # A class is marked by processes of its own; one of them is enough to print the same.
        return grade(*words, "--jobs", "1", **how) if words[0] == "batch" else grade_here(*words, **how, box=box)

    now = session(block["where"], block["text"], tmp_path, run)
    if not alike(block["text"], now):
        assert block["text"] == now, "python tests/test_readme.py --write puts it there anew"


@pytest.mark.parametrize("block", found(EXCERPT))
def test_a_page_shows_a_real_result(block: re.Match[str], box: Bubblewrap, tmp_path: Path) -> None:
    """The part of a result.json on a page is part of what --json writes"""
    out = tmp_path / "result.json"
    grade_here(*shlex.split(block["what"]), "--json", out, env=PLAIN, cwd=ROOT / "tests" / "samples", box=box)
    assert missing(json.loads(block["text"]), json.loads(out.read_text(encoding="utf-8"))) == []


def test_every_console_block_says_where() -> None:
    """No example escapes these tests: every console block has the comment that names its folder"""
    text = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    assert text.count("```console") == len(CONSOLE.findall(text)) > 0
    assert text.count("<!-- part of the result") == len(EXCERPT.findall(text)) > 0


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_links_lead_somewhere(path: Path) -> None:
    """What a page links to in this repository exists"""
    links = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    inner = [link.split("#")[0] for link in links if "://" not in link]
    assert [link for link in inner if not (path.parent / link).exists()] == []


def write() -> None:
    """Run all examples and put what they print into the pages."""

    def renewed(block: re.Match[str]) -> str:
        with tempfile.TemporaryDirectory() as folder:
            now = session(block["where"], block["text"], Path(folder))
        return f"<!-- in {block['where']} -->\n```console\n{now}```"

    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        path.write_text(CONSOLE.sub(renewed, text), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    write()
