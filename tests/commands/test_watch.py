"""`grade --watch` marks again what changed on every save, says what that changed, and ends on Ctrl-C.

Tests drive real processes, and wait for what these print. Most share one, each with files of its own to begin with.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commands.watching import RIGHT, SECONDS, WRONG, Watching
from in_process import grade_here
from support import ROOT, SAMPLES, need_bubblewrap

from grader.commands.mark import run_mark
from grader.errors import UserError

# An editor's steps follow each other sooner than this; watching takes what stays for 0.25 seconds for meant.
PACE = 0.2
SPEC = """
import pytest
from grader.spec import probe


@probe
def doubled(student):
    return student.double(21)


@probe
def sign(student):
    return student.double(-1) < 0


@pytest.mark.points(3)
@pytest.mark.hint("What is twice 21?")
def test_double(doubled):
    \"""double(21) is 42\"""
    assert doubled == 42


def test_sign(sign):
    \"""The sign stays\"""
    assert sign is True
"""
HALF_RIGHT = "def double(x):\n    return 3 * x\n"
NAMES = ("one", "two", "three")


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """The folder of an assignment ex9 with three exercises of four points."""
    root = tmp_path_factory.mktemp("course") / "exercises"
    text = 'title = "Course"\n\n[limits]\nprobe_seconds = 60\nexercise_seconds = 60\n'
    for number, name in enumerate(NAMES, 1):
        (root / "ex9" / name).mkdir(parents=True)
        (root / "ex9" / name / "spec.py").write_text(SPEC)
        text += f'\n[[exercises]]\nname = "{name}"\nid = "9.{number}"\npoints = 4\ntitle = "Exercise {name}"\n'
    (root / "ex9" / "assignment.toml").write_text(text)
    return root


Start = Callable[..., Watching]


@pytest.fixture
def work(tmp_path) -> Path:
    """A hand-in: one is right, two is wrong, three is not there."""
    folder = tmp_path / "work" / "ex9"
    folder.mkdir(parents=True)
    (folder / "one.py").write_text(RIGHT)
    (folder / "two.py").write_text(WRONG)
    return folder


@pytest.fixture
def start(course, work) -> Iterator[Start]:
    """A function that starts watching the hand-in; whatever it started ends with the test."""
    started: list[Watching] = []

    def run(*arguments: str, **environment: str) -> Watching:
        started.append(Watching(course, work.parent, "ex9", "--watch", *arguments, **environment))
        return started[-1]

    yield run
    for each in started:
        each.process.kill()
        each.process.wait()


@pytest.fixture(scope="module")
def running(course, tmp_path_factory) -> Iterator[Callable[[], tuple[Watching, str]]]:
    """A function that returns a process without isolation and what it said first, always the same while it runs."""
    root = tmp_path_factory.mktemp("shared")
    (root / "work" / "ex9").mkdir(parents=True)
    (root / "work" / "ex9" / "one.py").write_text(RIGHT)
    files = ["--json", str(root / "r.json"), "--html", str(root / "r.html")]
    started: list[tuple[Watching, str]] = []

    def run() -> tuple[Watching, str]:
        if not started or started[-1][0].process.poll() is not None:
            watching = Watching(course, root / "work", "ex9", "--watch", "--no-sandbox", "-v", *files)
            started.append((watching, watching.until("^Watching")))
        return started[-1]

    yield run
    for watching, _ in started:
        watching.process.kill()
        watching.process.wait()


@pytest.fixture
def shared(running) -> Watching:
    """A process that watches without isolation."""
    return running()[0]


@pytest.fixture
def seen(shared) -> Path:
    """The folder that it watches."""
    return shared.work / "ex9"


def in_steps(*steps: Callable[[], object]) -> bool:
    """Do what an editor does, with a moment between its steps; return False where the machine was too slow for that."""
    started = []
    for step in steps:
        started.append(time.monotonic())
        step()
        time.sleep(PACE / 4)
    return all(later - earlier < PACE for earlier, later in zip(started, started[1:], strict=False))


def test_from_the_first_look_to_ctrl_c(start, work):
    """All is marked once; then each save marks what changed and tells the change; Ctrl-C ends it with status 0."""
    need_bubblewrap()
    watching = start()
    first = watching.until("^Watching ex9: ")
    assert "9.1   Exercise one" in first
    assert "Total: 4 / 12  (2 of 6 checks passed)" in first

    (work / "two.py").write_text(HALF_RIGHT)
    told = watching.verdict()
    assert "9.2 Exercise two  ✗ failed  1 / 4" in told
    assert "Hint: What is twice 21?" in told
    assert "9.2: +1 point; 1 check newly passes\n  ✓ The sign stays\n" in told
    assert re.search(r"^Total: 5 / 12  \(3 of 6 checks passed\)  \+1  \d+\.\d\d s$", told, re.MULTILINE)
    assert "9.1" not in told and "9.3" not in told.split("Next:")[0]

    (work / "two.py").write_text("def double(x:\n")
    told = watching.verdict()
    assert "SyntaxError" in told
    assert "9.2: -1 point; 1 check newly fails\n  ✗ The sign stays\n" in told
    assert "Total: 4 / 12" in told

    (work / "two.py").write_text(RIGHT)
    told = watching.verdict()
    assert "9.2 Exercise two  ✓ passed  4 / 4" in told
    assert "9.2: +4 points; 2 checks newly pass" in told

    (work / "three.py").write_text(RIGHT)
    told = watching.verdict()
    assert "9.3: +4 points" in told
    assert "Total: 12 / 12" in told and "Next: nothing left to do" in told

    assert watching.stop().endswith("\nStopped.")
    assert watching.process.returncode == 0


def test_however_an_editor_writes(shared, seen):
    """A file that is renamed into place, emptied and filled, removed and written, or one of a burst is marked once."""
    shared.begin()
    (seen / "two.tmp").write_text(HALF_RIGHT)
    os.replace(seen / "two.tmp", seen / "two.py")
    assert "Total: 5 / 12" in shared.verdict()

    # As an editor does that keeps a backup.
    steps = (
        lambda: os.rename(seen / "two.py", seen / "two.py~"),
        lambda: (seen / "two.py").write_text(""),
        lambda: (seen / "two.py").write_text(RIGHT),
        lambda: (seen / "two.py~").unlink(),
    )
    while not in_steps(*steps):
        shared.begin(two=HALF_RIGHT)
    told = shared.verdict()
    assert "9.2: +3 points" in told and "Total: 8 / 12" in told

    with shared.held():
        for name in NAMES:
            (seen / f"{name}.py").write_text(HALF_RIGHT)
    told = shared.verdict()
    assert "9.1: -3 points" in told and "9.2: -3 points" in told and "9.3: +1 point" in told
    assert "Total: 3 / 12" in told

    (seen / "one.py").unlink()
    told = shared.verdict()
    assert "9.1 Exercise one  ? missing  0 / 4" in told
    assert "Total: 2 / 12" in told


def test_only_what_changed_is_marked(shared, seen):
    """The same content saved again, other files and new modules that nobody imports mark nothing."""
    told = shared.begin(
        helper="def twice(x):\n    return 2 * x\n",
        two="from deeper import twice as double\n",
        deeper="import helper\ntwice = helper.twice\n",
    )
    assert "Total: 8 / 12" in told

    (seen / "one.py").write_bytes((seen / "one.py").read_bytes())
    (seen / "notes.txt").write_text("x")
    (seen / "unused.py").write_text("x = 1\n")
    (seen / ".one.py.swp").write_text("x")
    (seen / "helper.py").write_text("def twice(x):\n    return 3 * x\n")
    told = shared.verdict()
    assert "9.2: -3 points; 1 check newly fails" in told
    assert "9.1" not in told and "9.3:" not in told
    assert "Total: 5 / 12" in told

    (seen / "three.py").write_text(RIGHT)
    told = shared.verdict()
    assert told.count("Total") == 1 and "9.2" not in told.split("Next:")[0]


def test_what_may_end_otherwise_is_tried_again(shared, seen):
    """After a crash or a timeout, saving the same file again marks it again."""
    shared.begin(two="import os\nos._exit(3)\n")
    (seen / "two.py").write_bytes((seen / "two.py").read_bytes())
    told = shared.verdict()
    assert "9.2 Exercise two  ✗ crashed" in told
    assert "9.2: the same score" in told


def test_work_that_goes_away_is_waited_for(shared, seen):
    """A folder that is gone for a while, as when another branch is checked out, ends nothing."""
    shared.begin()
    away = seen.with_name("away")
    os.rename(seen, away)
    try:
        assert "No submission in ." in shared.until(r"Waiting\.$")
        (away / "two.py").write_text(RIGHT)
    finally:
        os.rename(away, seen)
    assert "9.2: +4 points" in shared.verdict()


def test_files_are_written_anew(shared, seen):
    """The files that were asked for always hold the last result, with the time that this marking took."""
    shared.begin()
    (seen / "two.py").write_text(RIGHT)
    shared.verdict()
    begun = time.monotonic()
    (seen / "three.py").write_text(RIGHT)
    shared.verdict()
    # Marking goes on only when the files of the verdict before are written.
    (seen / "one.py").write_text(RIGHT + "\n")
    shared.verdict()
    out = shared.work.parent
    result = json.loads((out / "r.json").read_text(encoding="utf-8"))
    assert result["score"] == 12
    assert result["seconds"] <= time.monotonic() - begun
    assert "12 / 12" in re.sub(r"<[^>]*>", "", (out / "r.html").read_text(encoding="utf-8"))


def test_notebooks_are_watched_too(shared, seen):
    """A saved notebook is marked; outputs that change in it are no change of the code."""

    def notebook(code: str, output: str = "") -> str:
        shown = [{"output_type": "stream", "name": "stdout", "text": output}] if output else []
        cell = {"cell_type": "code", "metadata": {}, "source": code, "outputs": shown, "execution_count": 1, "id": "a"}
        return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})

    shared.begin()
    with shared.held():
        for name in NAMES:
            (seen / f"{name}.py").unlink(missing_ok=True)
        (seen / "homework.ipynb").write_text(notebook(WRONG))
    assert "Total: 0 / 12" in shared.verdict()
    (seen / "homework.ipynb").write_text(notebook(WRONG, "printed"))
    (seen / "homework.ipynb").write_text(notebook(RIGHT, "printed")[:-30])
    (seen / "homework.ipynb").write_text(notebook(RIGHT, "printed"))
    told = shared.verdict()
    assert "Total: 12 / 12" in told and "9.3: +4 points" in told


def test_without_a_sandbox_one_process_is_kept_warm(running):
    """Without bubblewrap the process that has torch loaded marks save after save, until code ends or spoils it."""
    number = "import os\nprint('process', os.getpid())\n"
    watching, first = running()
    assert "without isolation" in first
    watching.begin()
    work = watching.work / "ex9"
    found = []
    for version in range(3):
        (work / "one.py").write_text(f"{number}# {version}\n{RIGHT}")
        told = watching.verdict()
        assert "9.1: the same score" in told
        assert "isolation" not in told, "once is enough"
        found.append(re.search(r"process (\d+)", told)[1])
    assert len(set(found)) == 1
    (work / "one.py").write_text("import os\nos._exit(3)\n")
    assert "9.1 Exercise one  ✗ crashed  0 / 4" in watching.verdict()
    (work / "one.py").write_text(number + RIGHT)
    told = watching.verdict()
    assert "9.1: +4 points" in told
    assert re.search(r"process (\d+)", told)[1] != found[0]
    watching.stop()
    assert watching.process.returncode == 0


def test_without_what_windows_lacks(start, work):
    """With no fork, no Unix modules and no bubblewrap, on a GBK console in Chinese, it does the same."""
    watching = start(
        PYTHONPATH=f"{SAMPLES / 'no_posix'}:{ROOT}", PATH="/nowhere", PYTHONIOENCODING="gbk", PYTHONUTF8="0",
        GRADE_LANG="zh",
    )  # fmt: skip
    assert "总分：4 / 12" in watching.until("^正在监视 ex9：")
    (work / "two.py").write_text(HALF_RIGHT)
    told = watching.verdict()
    assert "9.2：+1 分；1 项检查变为通过\n" in told
    assert "总分：5 / 12" in told
    (work / "two.py").write_text("def double(x:\n")
    assert "9.2：-1 分；1 项检查变为未通过" in watching.verdict()
    assert watching.stop().endswith("\n已停止。")
    assert watching.process.returncode == 0


@pytest.mark.parametrize("arguments", [["--watch"], []])
def test_ctrl_c_before_the_first_result(course, work, tmp_path, arguments):
    """Ctrl-C while the first marking runs, watched or not, ends with status 130 and one line."""
    reached = tmp_path / "reached"
    (work / "one.py").write_text(f"import time\nopen({str(reached)!r}, 'w').close()\ntime.sleep(50)\n")
    marking = Watching(course, work.parent, "9.1", "--no-sandbox", *arguments)
    deadline = time.monotonic() + SECONDS
    while not reached.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert marking.stop() == "grade: stopped."
    assert marking.process.returncode == 130


def test_nothing_to_watch_is_wrong_usage(tmp_path, course):
    """Without a submission to begin with, it ends with one line, as without --watch."""
    (tmp_path / "empty").mkdir()
    done = grade_here("ex9", "--watch", cwd=tmp_path / "empty", env={"GRADE_EXERCISES": str(course)})
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    done = grade_here("ex9", "--watch", "--github", cwd=tmp_path, env={"GRADE_EXERCISES": str(course)})
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "--github" in done.stderr


def test_without_its_library_it_says_what_to_install(monkeypatch, course, work):
    """Where watchfiles is not installed, that is said; everything else works without it."""
    monkeypatch.setenv("GRADE_EXERCISES", str(course))
    monkeypatch.setattr("grader.commands.mark.find_spec", lambda name: None)
    with pytest.raises(UserError, match="pip install watchfiles"):
        run_mark("ex9", work, seed=0, sandbox=False, lang="en", verbose=False, watch=True)
