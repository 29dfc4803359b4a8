"""Where a result goes beside the terminal: files for other programs, and what GitHub Actions reads."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from in_process import grade_here
from support import SAMPLES, TINY, grade, tiny

from grader.cli import main
from grader.commands.outputs import Outputs, commands_stopped, is_github, path_in_repository
from grader.errors import UserError
from grader.sandbox.plain import Plain

TINY_ENV = {"GRADE_EXERCISES": str(TINY.parent), "GRADE_DEBUG": "1"}
TALKS = """
print("::error::forged by the submission")
print("##[error]forged in the old way")

def double(x):
    return x

def greet(name):
    return "::add-mask::x"
"""


@pytest.fixture(scope="module")
def plain() -> Iterator[None]:
    """Plain processes for all commands that run in this process."""
    sandbox = Plain(full=False)
    sandbox.prepare(tiny().exercises[0].limits)
    shared = patch("grader.commands.sandboxes.Plain", return_value=sandbox)
    with shared, patch.object(sandbox, "prepare"), patch.object(sandbox, "close"):
        yield
    sandbox.close()


@pytest.fixture(scope="module")
def work(tmp_path_factory) -> Path:
    """A repository in whose folder hw/5 there is a wrong hand-in, which prints and returns workflow commands."""
    root = tmp_path_factory.mktemp("repository")
    folder = root / "hw" / "5" / "tiny"
    folder.mkdir(parents=True)
    (folder / "tiny_1_double.py").write_text(TALKS)
    return root


@pytest.fixture(scope="module")
def on_github(work, tmp_path_factory):
    """What a run on GitHub prints, its summary, and the files that it wrote."""
    out = tmp_path_factory.mktemp("out")
    (out / "summary.md").write_text("# Before\n")
    done = grade(
        "tiny", "--submission", "hw/5", "--no-sandbox", "-v", "--html", out / "r.html", "--json", out / "r.json",
        "--junit", out / "r.xml", "--gradescope", out / "g.json",
        cwd=work,
        env={
            **TINY_ENV, "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(work),
            "GITHUB_STEP_SUMMARY": str(out / "summary.md"), "PYTHONIOENCODING": "ascii",
        },
    )  # fmt: skip
    return done, out


def test_every_file_is_written(on_github):
    """One run writes scorecard, result.json, JUnit XML and Gradescope's results, all with the same outcome."""
    done, out = on_github
    assert done.returncode == 1, done.stderr
    assert (out / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    result = json.loads((out / "r.json").read_text(encoding="utf-8"))
    suite = ElementTree.parse(out / "r.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("3", "3")
    assert json.loads((out / "g.json").read_text(encoding="utf-8"))["score"] == result["score"] == 0


def obeyed(stdout: str) -> list[str]:
    """Return the lines that GitHub's runner takes for commands; like the runner, without regard to spaces in front."""
    stopped, found = "", []
    for line in map(str.lstrip, stdout.splitlines()):
        if stopped:
            stopped = "" if line == f"::{stopped}::" else stopped
        elif line.startswith("::stop-commands::"):
            stopped = line.removeprefix("::stop-commands::")
        elif line.startswith("::") or "##[" in line:
            found.append(line)
    assert stopped == "", "commands were never turned on again"
    return found


def test_a_submission_gives_no_orders_to_the_runner(on_github):
    """Of all that is printed the runner obeys the annotations alone, and nothing that the code prints or returns."""
    done, _ = on_github
    assert "::error::forged" in done.stdout and "##[error]forged" in done.stdout and "::add-mask::" in done.stdout
    commands = obeyed(done.stdout)
    assert len(commands) >= 2
    assert [line for line in commands if not line.startswith("::error file=hw/5/tiny/tiny_1_double.py,")] == []


def test_the_word_that_ends_it_cannot_be_guessed(on_github, capsys):
    """The word is long, and another one each time."""
    words = set()
    for _ in range(3):
        with commands_stopped(True):
            print("in between")
        words.add(re.fullmatch(r"::stop-commands::(\w{32})\nin between\n::\1::\n", capsys.readouterr().out)[1])
    assert len(words) == 3
    with commands_stopped(False):
        print("alone")
    assert capsys.readouterr().out == "alone\n"


def test_commands_are_on_again_after_an_error(capsys):
    """Whatever goes wrong in between, the runner listens again."""
    with pytest.raises(ZeroDivisionError), commands_stopped(True):
        raise ZeroDivisionError
    assert obeyed(capsys.readouterr().out) == []


def test_the_summary_is_added_to_what_is_there(on_github):
    """The page of the run keeps what earlier steps wrote, and gets the table of exercises."""
    _, out = on_github
    summary = (out / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("# Before\n## A tiny assignment")
    assert "| 1&#46;1 |" in summary or "| 1.1 |" in summary


def test_annotations_are_utf_8_whatever_the_console(work, plain):
    """In Chinese on a console of another encoding, the runner still gets annotations that it can read."""
    env = {**TINY_ENV, "GITHUB_WORKSPACE": str(work / "hw")}
    arguments = "tiny --submission hw/5 --no-sandbox --github --lang zh".split()
    with chdir(work):
        done = CliRunner(charset="gbk").invoke(main, arguments, env=env)
    assert done.exit_code == 1, done.stderr
    told = done.stdout_bytes
    assert "总分".encode("gbk") in told and "总分".encode() not in told
    commands = obeyed(told.decode("utf-8", "replace"))
    assert commands
    assert all(line.startswith("::error file=5/tiny/tiny_1_double.py,") for line in commands)
    assert any("两倍" in line for line in commands)


def test_off_where_nobody_asks(work, plain):
    """Under GitHub Actions --no-github prints as anywhere else, and outside it nothing is printed for it by itself."""
    done = grade_here(
        "tiny",
        "--submission",
        "hw/5",
        "--no-sandbox",
        "--no-github",
        cwd=work,
        env={**TINY_ENV, "GITHUB_ACTIONS": "true"},
    )
    assert (done.returncode, obeyed(done.stdout)) == (1, [])
    assert "stop-commands" not in done.stdout
    assert is_github(None, {"GITHUB_ACTIONS": "true"})
    assert not is_github(None, {"GITHUB_ACTIONS": ""})
    assert not is_github(None, {})
    assert is_github(True, {})
    assert not is_github(False, {"GITHUB_ACTIONS": "true"})


def test_a_summary_that_cannot_be_written_costs_nothing(work, tmp_path, plain):
    """Without a place for the summary, the marking ends as it would, with a warning."""
    env = {**TINY_ENV, "GITHUB_STEP_SUMMARY": str(tmp_path / "no" / "summary.md")}
    done = grade_here("tiny", "--submission", SAMPLES / "honest", "--no-sandbox", "--github", cwd=work, env=env)
    assert done.returncode == 0, done.stderr
    assert [line for line in obeyed(done.stdout) if line.startswith("::warning::The summary cannot be written")]


def test_paths_are_those_of_the_repository(tmp_path):
    """A folder is named from the root of the repository, by its real path; the root itself and others have no name."""
    inner = tmp_path / "repo" / ".hw" / "5"
    inner.mkdir(parents=True)
    (tmp_path / "link").symlink_to(inner)
    environment = {"GITHUB_WORKSPACE": str(tmp_path / "repo")}
    assert path_in_repository(inner, environment) == ".hw/5"
    assert path_in_repository(tmp_path / "link", environment) == ".hw/5"
    assert path_in_repository(tmp_path / "repo", environment) == ""
    assert path_in_repository(tmp_path, environment) == ""


@pytest.mark.parametrize("option", ["--html", "--json", "--junit", "--gradescope"])
@pytest.mark.parametrize("name", ["tiny_1_double.py", "TINY_1_DOUBLE.PY", "homework.ipynb", "answers.md", "link.html"])
def test_no_result_replaces_work(option, name, tmp_path):
    """A name of code or answers, or a link to one, is refused before anything is marked, and the file stays."""
    work = tmp_path / "tiny_1_double.py"
    work.write_text("my work")
    (tmp_path / "link.html").symlink_to(work)
    done = grade_here("tiny", "--submission", SAMPLES / "honest", option, tmp_path / name, env=TINY_ENV)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "must not replace" in done.stderr
    assert work.read_text() == "my work"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.html", "tiny_1_double.py"]


def test_each_result_needs_a_file_of_its_own(tmp_path):
    """Two results for one file are refused, however it is spelt."""
    (tmp_path / "a").mkdir()
    with pytest.raises(UserError, match="named twice"):
        Outputs(html=tmp_path / "r", json=tmp_path / "a" / ".." / "r").check()
    Outputs(html=tmp_path / "r.html", json=tmp_path / "r.json").check()
    Outputs().check()


def test_what_cannot_be_replaced_is_written_into(plain):
    """A result can go to the standard output."""
    arguments = ["tiny", "--submission", SAMPLES / "honest", "--no-sandbox", "--json", "/dev/stdout"]
    reader, writer = os.pipe()
    ours = os.dup(1)
    os.dup2(writer, 1)
    try:
        done = grade_here(*arguments, env=TINY_ENV)
    finally:
        os.dup2(ours, 1)
        os.close(ours)
        os.close(writer)
    with open(reader, encoding="utf-8") as told:
        assert '"schema": "grader.result/1"' in told.read()
    assert done.returncode == 0, done.stderr
