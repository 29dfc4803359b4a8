"""`grade batch` as an instructor uses it: a class in, a gradebook out, whatever happens on the way."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from fake_worker import light_workers
from in_process import grade_here
from support import HOSTILE, ROOT, SAMPLES, TESTS, TINY, grade, need_bubblewrap

Done = subprocess.CompletedProcess[str]
RIGHT = 'def double(x):\n    return 2 * x\n\n\ndef greet(name):\n    return f"hello {name}"\n'
WRONG = RIGHT.replace("2 * x", "x")
FILE = "tiny_1_double.py"
TINY_ONLY = {"GRADE_EXERCISES": str(SAMPLES / "assignments")}
# The command in a process of its own, with light workers.
LAUNCH = "from fake_worker import light_workers\nfrom grader.cli import main\nwith light_workers():\n    main()\n"
# How many hand-ins take their time, so that a run can be stopped in the middle.
SLOW = 5
# The few things in which two markings of the same class may differ.
TIMES = re.compile(r'"(?:created|seconds|execution_time)": [^,\n]+|\btime="[^"]*"|timestamp="[^"]*"')


def hand_in(folder: Path) -> Path:
    """Write a class: right, wrong, copied, unfinished, hostile, an archive, a bad archive; return its folder."""
    files = {
        "ann": RIGHT,
        "bob": WRONG,
        "cyd": RIGHT,
        "dan": "def double(x):\n    raise NotImplementedError\n",
        "eve": (HOSTILE / "leave_os_exit" / "tiny" / FILE).read_text(encoding="utf-8"),
        "fay": "def double(x):\n    return x.nothing\n",
    }
    for student, code in files.items():
        (folder / student).mkdir(parents=True)
        (folder / student / FILE).write_text(code, encoding="utf-8")
    with zipfile.ZipFile(folder / "gus.zip", "w") as archive:
        archive.writestr(f"work/tiny/{FILE}", WRONG)
    (folder / "hal.zip").write_bytes(b"PK\x03\x04 not really")
    return folder


@pytest.fixture
def handed_in(tmp_path) -> Path:
    """The class, for one test alone."""
    need_bubblewrap()
    return hand_in(tmp_path / "handed in 第五章")


@dataclass(frozen=True)
class Marked:
    """A class that was marked.

    Args:
        folder: of the hand-ins.
        out: of the results.
        done: the command that marked it.
    """

    folder: Path
    out: Path
    done: Done


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Marked:
    """The class and some who are slow, marked by one run with two workers. No test may change it."""
    need_bubblewrap()
    root = tmp_path_factory.mktemp("undisturbed")
    folder = hand_in(root / "handed in 第五章")
    for number in range(SLOW):
        (folder / f"x{number}").mkdir()
        (folder / f"x{number}" / FILE).write_text(f"import time\ntime.sleep(0.4)\n{RIGHT}# {number}\n")
    done = grade("batch", folder, "--out", root / "out", "--assignment", "tiny", "--jobs", "2", env=TINY_ONLY)
    return Marked(folder, root / "out", done)


def here(*arguments: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT) -> Done:
    """Run the grade command within this process, which has imported all that it needs, with light workers."""
    with light_workers():
        return grade_here(*arguments, env=env, cwd=cwd)


def batch(folder: Path, out: Path, *more: str | Path, env: dict[str, str] | None = None) -> Done:
    """Run the command on the tiny assignment."""
    environment = {**TINY_ONLY, **(env or {})}
    return here("batch", folder, "--out", out, "--assignment", "tiny", *more, env=environment)


def rows(out: Path) -> dict[str, dict[str, str]]:
    """Return the gradebook's rows by name."""
    text = (out / "gradebook.csv").read_text(encoding="utf-8-sig")
    return {row["name"]: row for row in csv.DictReader(io.StringIO(text))}


def written(out: Path) -> dict[str, str]:
    """Return every file that a batch wrote for people and platforms, without times."""
    files = [path for path in sorted(out.rglob("*")) if path.is_file() and path.suffix in (".csv", ".json", ".xml")]
    return {str(path.relative_to(out)): TIMES.sub("", path.read_text(encoding="utf-8")) for path in files}


def test_a_class_goes_in_and_a_gradebook_comes_out(undisturbed):
    """Everyone has an outcome; right is better than wrong; a bad archive costs nobody else anything."""
    out, done = undisturbed.out, undisturbed.done
    assert done.returncode == 0, done.stderr
    found = rows(out)
    slow = [f"x{number}" for number in range(SLOW)]
    assert {name: row["outcome"] for name, row in found.items()} == {
        **dict.fromkeys(("ann", "bob", "cyd", "dan", "eve", "fay", "gus", *slow), "marked"),
        "hal": "refused",
    }
    scores = {name: float(row["score"]) for name, row in found.items() if row["score"]}
    assert {scores[name] for name in ("ann", "cyd", *slow)} == {10}
    assert scores["dan"] == scores["eve"] == 0
    assert 0 < scores["bob"] == scores["gus"] < 10
    for name in ("ann", "bob", "gus"):
        assert (out / "students" / name / "scorecard.html").is_file()
        result = json.loads((out / "students" / name / "result.json").read_text(encoding="utf-8"))
        assert (result["submission"], result["score"], result["sandbox"]) == (name, scores[name], "bubblewrap")
        assert json.loads((out / "students" / name / "gradescope.json").read_text(encoding="utf-8"))["tests"]
    page = (out / "class.html").read_text(encoding="utf-8")
    assert "students/ann/scorecard.html" in page
    assert str(len(found)) in done.stdout
    assert "hal" in done.stdout
    assert not list(out.glob(".*"))


def test_who_is_in_the_roster(handed_in, tmp_path):
    """A roster gives ids, names who handed in nothing, and flags who is not in it."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name,email\n1,Ann,ann@x.org\n2,Bob,bob@x.org\n9,Zoe,zoe@x.org\n", encoding="utf-8")
    out = tmp_path / "out"
    done = batch(handed_in, out, "--roster", roster, "--jobs", "1")
    assert done.returncode == 0, done.stderr
    found = rows(out)
    assert (found["Ann"]["id"], found["Ann"]["email"], float(found["Ann"]["score"])) == ("1", "ann@x.org", 10)
    assert (found["Zoe"]["outcome"], float(found["Zoe"]["score"])) == ("no submission", 0)
    assert "Zoe" in done.stdout
    assert found["fay"]["in roster"] == "no"


def test_a_hand_in_of_nobody_may_be_somebody_s(tmp_path):
    """While one hand-in fits nobody, nobody's zero is imported; once it has the id as its name, all is in the lists."""
    need_bubblewrap()
    folder, out, roster = tmp_path / "in", tmp_path / "out", tmp_path / "roster.csv"
    for name in ("ann", "bob", "cyd", "Wang Lei"):
        (folder / name).mkdir(parents=True)
        (folder / name / FILE).write_text(RIGHT, encoding="utf-8")
    people = ["1,ann,,71,a01", "2,bob,,72,b02", "3,cyd,,73,c03", "4,王磊,lei@x.org,74,", "5,Zoe,zoe@x.org,75,z05"]
    roster.write_text("id,name,email,canvas_id,login\n" + "\n".join(people), encoding="utf-8")

    def listed() -> tuple[list[list[str]], list[str]]:
        found = [(out / name).read_text(encoding="utf-8-sig").splitlines() for name in ("canvas.csv", "moodle.csv")]
        canvas, moodle = (list(csv.reader(lines)) for lines in found)
        return [[*line[1:4], line[5]] for line in canvas[2:]], [line[0] for line in moodle[1:]]

    done = batch(folder, out, "--roster", roster, "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert "Not in the roster: Wang Lei\nOne of these may belong to a student with no submission" in done.stdout
    three = [["71", "1", "a01", "10"], ["72", "2", "b02", "10"], ["73", "3", "c03", "10"]]
    assert listed() == (three, ["1", "2", "3"])
    assert rows(out)["Zoe"]["score"] == "0"

    (folder / "Wang Lei").rename(folder / "4")
    done = batch(folder, out, "--roster", roster, "--jobs", "1")
    assert "One of these" not in done.stdout
    five = [*three, ["74", "4", "lei@x.org", "10"], ["75", "5", "z05", "0"]]
    assert listed() == (five, ["1", "2", "3", "4", "5"])


def started(folder: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    """Start a batch with light workers as a process of its own group."""
    command = [sys.executable, "-c", LAUNCH, "batch", str(folder), "--out", str(out)]
    return subprocess.Popen(
        [*command, "--assignment", "tiny", *more],
        env={**os.environ, **TINY_ONLY, "PYTHONPATH": f"{ROOT}:{TESTS}", "GRADE_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def wait_for_results(out: Path, count: int) -> None:
    """Wait until so many students' results are written."""
    deadline = time.monotonic() + 120
    while len(list(out.glob("students/*/result.json"))) < count:
        assert time.monotonic() < deadline, "no results came"
        time.sleep(0.02)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_interrupted_and_started_again(undisturbed, tmp_path, how):
    """Killed or stopped in the middle, the same command ends with what an undisturbed run gives."""
    disturbed = tmp_path / "disturbed"
    assert undisturbed.done.returncode == 0
    process = started(undisturbed.folder, disturbed, "--jobs", "1")
    wait_for_results(disturbed, 3)
    os.killpg(process.pid, how) if how == signal.SIGINT else process.kill()
    told, _ = process.communicate(timeout=60)
    if how == signal.SIGINT:
        assert process.returncode == 130, told
        assert "goes on from there" in told
    before = {path: path.stat().st_mtime_ns for path in disturbed.glob("students/*/result.json")}
    assert 3 <= len(before) < 7 + SLOW
    again = batch(undisturbed.folder, disturbed, "--jobs", "1")
    assert again.returncode == 0, again.stderr
    assert written(disturbed) == written(undisturbed.out)
    kept = [path for path, when in before.items() if path.stat().st_mtime_ns == when]
    assert len(kept) >= len(before) - 2
    assert not list(disturbed.glob(".*"))


def test_nothing_of_a_killed_run_goes_on(handed_in, tmp_path):
    """Workers and sandboxes end with the command, even where it is killed."""
    (handed_in / "ann" / FILE).write_text("while True:\n    pass\n", encoding="utf-8")
    out = tmp_path / "out"
    process = started(handed_in, out, "--jobs", "2")
    wait_for_results(out, 2)
    process.kill()
    process.communicate(timeout=60)
    deadline = time.monotonic() + 30
    while left := _processes_of(process.pid):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def _processes_of(group: int) -> list[str]:
    """Return the processes of a session that still run."""
    done = subprocess.run(["ps", "-eo", "sid=,stat=,args="], capture_output=True, text=True, check=True)
    lines = [line.split(None, 2) for line in done.stdout.splitlines()]
    return [rest for sid, stat, rest in lines if sid == str(group) and not stat.startswith("Z")]


def test_without_a_sandbox_it_refuses(handed_in, tmp_path):
    """Strangers' code is not run unprotected unless one asks for it in so many words."""
    nothing = tmp_path / "empty"
    nothing.mkdir()
    done = batch(handed_in, tmp_path / "out", env={"PATH": str(nothing)})
    assert done.returncode == 2
    assert "bubblewrap" in done.stderr
    assert "--no-sandbox" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_sandbox_all_is_untrusted(tmp_path):
    """With --no-sandbox, result, page and summary say that they are untrusted."""
    folder = tmp_path / "in"
    (folder / "ann").mkdir(parents=True)
    (folder / "ann" / FILE).write_text(RIGHT, encoding="utf-8")
    out = tmp_path / "out"
    done = batch(folder, out, "--no-sandbox", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert "UNTRUSTED" in done.stdout
    assert "untrusted" in (out / "class.html").read_text(encoding="utf-8").lower()
    for name in ("scorecard.html", "result.json"):
        assert "untrusted" in (out / "students" / "ann" / name).read_text(encoding="utf-8")
    assert rows(out)["ann"]["score"] == "10"


def test_a_fault_of_the_exercise_is_nobody_s_zero(handed_in, tmp_path):
    """A broken spec gives exit status 3 and no score, and marking again after mending it gives the score."""
    exercises = tmp_path / "exercises"
    shutil.copytree(TINY, exercises / "tiny", ignore=shutil.ignore_patterns("__pycache__"))
    spec = exercises / "tiny" / "tiny_1_double" / "spec.py"
    good = spec.read_text(encoding="utf-8")
    broken = '@pytest.fixture\ndef broken():\n    raise OSError("ours")\n'
    check = 'def test_broken(doubled, broken):\n    """Broken"""\n'
    spec.write_text(f"{good}\n\n{broken}\n\n{check}", encoding="utf-8")
    out = tmp_path / "out"
    done = batch(handed_in, out, "--jobs", "1", env={"GRADE_EXERCISES": str(exercises)})
    assert done.returncode == 3
    assert "grader failed" in done.stdout
    assert rows(out)["ann"]["score"] == ""
    spec.write_text(good, encoding="utf-8")
    done = batch(handed_in, out, "--jobs", "1", env={"GRADE_EXERCISES": str(exercises)})
    assert done.returncode == 0
    assert rows(out)["ann"]["score"] == "10"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere", "--out", "out"], "nowhere"),
        (["in", "--out", "in/out"], "lies within the hand-ins"),
        (["in", "--out", "in"], "lies within the hand-ins"),
        (["in", "--out", "out", "--roster", "nowhere.csv"], "nowhere.csv"),
        (["in", "--out", "a file"], "a file"),
        (["in", "--out", "out", "--assignment", "ex99"], "ex99"),
        (["empty", "--out", "out"], "empty"),
    ],
)
def test_bad_input_gets_one_line(handed_in, tmp_path, arguments, words):
    """What cannot be used is named in one line, with exit status 2, and nothing is written into the hand-ins."""
    handed_in.rename(tmp_path / "in")
    (tmp_path / "empty").mkdir()
    (tmp_path / "a file").write_text("x")
    if "--assignment" not in arguments:
        arguments = [*arguments, "--assignment", "tiny"]
    done = here("batch", *arguments, env=TINY_ONLY, cwd=tmp_path)
    assert done.returncode == 2, done.stdout + done.stderr
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "in" / "out").exists()
    assert not (tmp_path / "out").exists()


def test_a_class_that_cannot_be_read_leaves_nothing_behind(tmp_path):
    """An exercise outside the students' folders is named, and what was made for the results is taken back."""
    need_bubblewrap()
    folder = tmp_path / "class"
    (folder / "ann").mkdir(parents=True)
    for place in (folder, folder / "ann"):
        (place / FILE).write_text(RIGHT, encoding="utf-8")
    out = tmp_path / "new" / "out"
    done = batch(folder, out)
    assert done.returncode == 2
    assert f"because {folder / FILE} is in no student's folder" in done.stderr
    assert f"grade tiny --submission {folder}" in done.stderr
    assert not out.parent.exists()
    out.mkdir(parents=True)
    (out / "mine").touch()
    assert batch(folder, out).returncode == 2
    assert [path.name for path in out.iterdir()] == ["mine"]
    (folder / FILE).unlink()
    assert batch(folder, out, "--jobs", "1").returncode == 0
    # What was marked stays, whatever a later run is given.
    (folder / FILE).touch()
    assert batch(folder, out).returncode == 2
    assert (out / "gradebook.sqlite").is_file()


def test_hidden_checks_are_the_instructor_s(tmp_path):
    """A student sees the public checks and a word on the hidden ones; a batch runs both, and needs to have them."""
    need_bubblewrap()
    exercises = tmp_path / "exercises"
    shutil.copytree(TINY, exercises / "tiny", ignore=shutil.ignore_patterns("__pycache__"))
    table = exercises / "tiny" / "assignment.toml"
    table.write_text(table.read_text(encoding="utf-8").rstrip() + "\nhidden = true\n", encoding="utf-8")
    hidden = tmp_path / "secret" / "tiny_1_double"
    hidden.mkdir(parents=True)
    (hidden / "hidden.py").write_text(
        "from grader.spec import probe\n\n\n@probe\ndef negative(student):\n    return student.double(-1)\n\n\n"
        'def test_negative_numbers(negative):\n    """Negative numbers double too"""\n    assert negative == -2\n',
        encoding="utf-8",
    )
    work = tmp_path / "in" / "ann"
    work.mkdir(parents=True)
    (work / FILE).write_text(RIGHT.replace("return 2 * x", "return abs(2 * x)"), encoding="utf-8")
    places = {"GRADE_EXERCISES": str(exercises)}
    own = here("tiny", "--submission", work, env=places)
    assert own.returncode == 0
    assert "Public checks: 3 of 3; hidden checks are run by your instructor" in " ".join(own.stdout.split())
    assert "every public check passed" in own.stdout
    without = batch(tmp_path / "in", tmp_path / "out", env=places)
    assert (without.returncode, "--hidden" in without.stderr) == (2, True)
    done = batch(tmp_path / "in", tmp_path / "out", "--hidden", tmp_path / "secret", env=places)
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "out")["ann"]["score"] == "7.5"
    page = (tmp_path / "out" / "students" / "ann" / "scorecard.html").read_text(encoding="utf-8")
    assert "Negative numbers double too" in page
    assert "run by your instructor" not in page
