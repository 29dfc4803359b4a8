"""The grade command as a person or a CI job runs it: its output in a pipe, and once of each kind its own process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any
from unittest.mock import patch

import pytest
from in_process import grade_here
from rich.cells import cell_len
from samples.hand_ins import CLASS
from support import ROOT, TINY, grade, need_bubblewrap

from grader.catalogue import UnknownTargetError, exercises_root, find
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.plain import Plain

Run = subprocess.CompletedProcess[str]

# Nothing that the person who runs the tests has set may colour or widen the output.
PLAIN = {"COLUMNS": "", "FORCE_COLOR": "", "TTY_COMPATIBLE": "", "GRADE_DEBUG": "1"}


def timeless(value: Any) -> Any:
    """Return a result without what depends on the clock."""
    if isinstance(value, dict):
        return {key: timeless(item) for key, item in value.items() if key not in ("seconds", "created")}
    return [timeless(item) for item in value] if isinstance(value, list) else value


def read(path: Path) -> Any:
    """Return a result.json."""
    return json.loads(path.read_text(encoding="utf-8"))


def assert_plain(run: Run) -> None:
    """Check that an output is plain text in 80 columns, with nothing beside it."""
    assert run.stdout.strip()
    assert run.stderr == ""
    odd = [char for char in run.stdout if not char.isprintable() and char != "\n"]
    assert odd == [], "control characters or escape codes in a pipe"
    wide = [line for line in run.stdout.split("\n") if cell_len(line) > 80]
    assert wide == []


def assert_usage(run: Run, *words: str) -> None:
    """Check that wrong usage ends with status 2 and one line on stderr that holds `words`, before any work."""
    assert run.returncode == 2, run.stderr
    assert run.stdout == ""
    assert run.stderr.startswith("grade: ")
    assert run.stderr.count("\n") == 1, run.stderr
    for word in words:
        assert word in run.stderr


# Before anything is marked


def test_help_answers_without_torch() -> None:
    """`grade --help` lists the commands and imports neither torch nor pytest nor Rich"""
    code = """
        import sys
        from grader.cli import main
        try:
            main(["--help"])
        finally:
            heavy = {"torch", "numpy", "pytest", "rich", "jinja2", "cloudpickle"} & set(sys.modules)
            assert not heavy, heavy
    """
    run = subprocess.run([sys.executable, "-c", dedent(code)], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert "grade ex5.1.2" in run.stdout
    for command in ("mark", "hint", "doctor", "new", "batch", "verify"):
        assert re.search(rf"^  {command} ", run.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("ex5.1.2", ["5.1.2"]),
        ("5.1.2", ["5.1.2"]),
        ("ex5_1_2_parallel", ["5.1.2"]),
        ("ex5_1_2_parallel.py", ["5.1.2"]),
    ],
)
def test_an_exercise_is_found_by_number_and_by_name(target: str, expected: list[str]) -> None:
    """An exercise is meant by its number, with or without ex, and by its name, with or without .py"""
    assignment, exercises = find(target, exercises_root())
    assert assignment.name == "ex5"
    assert [exercise.id for exercise in exercises] == expected


def test_a_section_and_the_whole_are_found_in_order() -> None:
    """ex5.1 is its section's exercises, and ex5 all of them, in the order of assignment.toml"""
    assignment, everything = find("ex5", exercises_root())
    assert everything == list(assignment.exercises)
    _, section = find("ex5.1", exercises_root())
    assert [e.id for e in section] == [e.id for e in everything if e.id.startswith("5.1.")]
    assert {"5.1.1", "5.1.2"} <= {e.id for e in section}


@pytest.mark.parametrize(
    "target", ["ex5.1.22", "ex5.9", "ex6", "ex5_1_2_paralel", "5.", "5.1.2.", "", "../ex5", "ex5.1*"]
)
def test_a_typo_is_no_target(target: str) -> None:
    """A target that means nothing is refused, and the answer lists what there is"""
    with pytest.raises(UnknownTargetError, match=r"There is no exercise .*ex5.*5\.1\.1"):
        find(target, exercises_root())


def test_unknown_targets_are_wrong_usage() -> None:
    """An unknown target ends with status 2 and one line that names the targets there are"""
    assert_usage(grade("ex5_1_2_paralel", env=PLAIN), "ex5_1_2_paralel", "ex5", "5.1.2")


@pytest.mark.parametrize(
    "arguments", [["ex5", "--seed", "-1"], ["ex5", "--lang", "fr"], ["ex5", "--nonsense"], ["mark"]]
)
def test_wrong_options_are_wrong_usage(arguments: list[str]) -> None:
    """Options that do not exist or cannot be so end with status 2 and a usage line"""
    run = grade_here(*arguments, env=PLAIN)
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.startswith("Usage:")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--seed", "3", "tiny"],
        ["--no-sandbox", "--submission", "nowhere", "tiny"],
        ["-v", "tiny", "--seed=3"],
        ["--submission=nowhere", "tiny"],
    ],
)
def test_options_may_stand_in_front(arguments: list[str]) -> None:
    """Options of marking are understood in front of the target too"""
    run = grade_here(*arguments, "--submission", "nowhere", env={**PLAIN, "GRADE_EXERCISES": str(TINY.parent)})
    assert_usage(run, "nowhere", "--submission")


def test_a_misspelt_option_in_front_is_named() -> None:
    """An option that there is not is wrong usage in front of the target too, with a word on which one was meant"""
    run = grade_here("--submision", "x", "ex5", env=PLAIN)
    assert run.returncode == 2
    assert "No such option: --submision" in run.stderr or "No such option '--submision'" in run.stderr
    assert "--submission" in run.stderr.replace("--submision", "")


@pytest.mark.parametrize("option", ["-h", "--help", "--version"])
def test_options_of_the_command_itself_stay_its_own(option: str) -> None:
    """Help and version are those of `grade`, and with a command in front those of the command"""
    run = grade_here(option, env=PLAIN)
    assert run.returncode == 0
    assert "COMMAND [ARGS]" in run.stdout or run.stdout.startswith("grade, version ")


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"GRADE_LANG": "zh"}, "要做什么"),
        ({"GRADE_LANG": "", "LC_ALL": "zh_TW.UTF-8"}, "要做什么"),
        ({"GRADE_LANG": "", "LC_ALL": "de_DE.UTF-8"}, "What is asked"),
        ({"GRADE_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "What is asked"),
    ],
)
def test_the_language_is_that_of_the_environment(environment: dict[str, str], word: str, tmp_path: Path) -> None:
    """Without --lang it is GRADE_LANG that decides, else the locale"""
    env = {**PLAIN, "XDG_CACHE_HOME": str(tmp_path), "PYTHONUTF8": "1", "LANGUAGE": "", **environment}
    assert word in grade_here("hint", "5.1.2", env=env).stdout
    asked = grade_here("hint", "5.1.2", "--reset", "--lang", "en", env=env)
    assert "What is asked" in asked.stdout


def test_what_is_no_submission_is_wrong_usage(tmp_path: Path) -> None:
    """A path that is missing, a text file, a folder without exercises or a foreign module ends with status 2"""
    empty, text, foreign = tmp_path / "empty", tmp_path / "answers.txt", tmp_path / "homework.py"
    empty.mkdir()
    text.write_text("42", encoding="utf-8")
    foreign.write_text("x = 1", encoding="utf-8")
    one = CLASS / "anna" / "ex5" / "ex5_4_2_fourier.py"
    assert_usage(grade_here("ex5", "--submission", tmp_path / "nowhere", env=PLAIN), "nowhere", "--submission")
    assert_usage(grade_here("ex5", "--submission", tmp_path / "nowhere.py", env=PLAIN), "nowhere.py")
    assert_usage(grade_here("ex5", "--submission", text, env=PLAIN), "answers.txt", ".py")
    assert_usage(grade_here("ex5", "--submission", empty, env=PLAIN), "empty", "ex5/")
    assert_usage(grade_here("ex5", "--submission", foreign, env=PLAIN), "homework.py", "ex5_1_1_sequential")
    assert_usage(grade_here("ex5.1", "--submission", one, env=PLAIN), "ex5_4_2_fourier.py", "ex5_1_1_sequential")


@pytest.mark.parametrize("option", ["--html", "--json"])
def test_a_result_that_cannot_be_written_is_refused_first(option: str, tmp_path: Path) -> None:
    """A result file in a missing folder, or where a folder is, ends with status 2 before anything is marked"""
    work = CLASS / "anna"
    missing = grade_here("ex5", "--submission", work, option, tmp_path / "no" / "result", env=PLAIN)
    assert_usage(missing, str(tmp_path / "no"), "does not exist")
    assert_usage(grade_here("ex5", "--submission", work, option, tmp_path, env=PLAIN), str(tmp_path), "is a folder")
    assert list(tmp_path.iterdir()) == []


# Marking


@pytest.fixture(scope="module")
def plain() -> Iterator[None]:
    """Plain processes for commands that run in this process and isolate nothing."""
    sandbox = Plain(full=False)
    sandbox.prepare(find("ex5", exercises_root())[1][0].limits)
    shared = patch("grader.commands.sandboxes.Plain", return_value=sandbox)
    with shared, patch.object(sandbox, "prepare"), patch.object(sandbox, "close"):
        yield
    sandbox.close()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    """One exercise of a right hand-in, run in its own folder."""
    need_bubblewrap()
    out = tmp_path_factory.mktemp("here")
    run = grade("5.4.2", "--json", out / "r.json", "--html", out / "r.html", env=PLAIN, cwd=CLASS / "anna")
    return run, out


def test_all_right_ends_with_status_0(here: tuple[Run, Path]) -> None:
    """What passes everything ends with status 0; without --submission it is the current folder that is marked"""
    run, out = here
    assert run.returncode == 0, run.stderr
    assert_plain(run)
    result = read(out / "r.json")
    assert result["schema"] == "grader.result/1"
    assert (result["submission"], result["seed"], result["sandbox"]) == ("anna", 0, "bubblewrap")
    assert (result["score"], result["max_score"], result["complete"]) == (5.0, 5.0, True)
    assert [e["id"] for e in result["exercises"]] == ["5.4.2"]
    assert result["exercises"][0]["file"] == "ex5/ex5_4_2_fourier.py"
    assert "5 / 5" in run.stdout


def test_the_scorecard_stands_alone_but_for_statements(here: tuple[Run, Path]) -> None:
    """The scorecard is one HTML page whose only local links lead to statements that exist"""
    _, out = here
    html = (out / "r.html").read_text(encoding="utf-8")
    assert "anna" in html
    assert not re.search(r"<(?:script|img|iframe)[^>]*\ssrc=|<link[^>]*\shref=", html)
    local = [link for link in re.findall(r'href="([^"]*)"', html) if not link.startswith(("http", "#"))]
    assert any(link.endswith("ex5_4_2_fourier/statement.en.md") for link in local)
    assert all((out / link).is_file() for link in local)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory, box: Bubblewrap) -> tuple[Run, Path]:
    """A hand-in with a wrong answer, marked twice with one seed and once with another, as its ex5 folder.

    The first time it is marked in another process than the second.
    """
    out = tmp_path_factory.mktemp("seeded")
    target = ("ex5.4.2", "--submission")
    grade(*target, CLASS / "sofia", "--seed", "5", "--json", out / "a", env=PLAIN)
    grade_here(*target, CLASS / "sofia", "--seed", "5", "--json", out / "b", env=PLAIN, box=box)
    run = grade_here(*target, CLASS / "sofia" / "ex5", "--seed", "6", "--json", out / "c", env=PLAIN, box=box)
    return run, out


def test_a_wrong_answer_ends_with_status_1(seeded: tuple[Run, Path]) -> None:
    """What fails a check ends with status 1, and says what was expected and seen; an ex5 folder will do"""
    run, out = seeded
    assert run.returncode == 1, run.stderr
    assert_plain(run)
    assert "ex5_4_2_fourier.py" in run.stdout
    assert re.search(r"(?i)expected", run.stdout)
    assert read(out / "c")["submission"] == "sofia"


def test_the_same_seed_gives_the_same_result(seeded: tuple[Run, Path]) -> None:
    """Two runs with one seed give equal results, times apart; another seed gives other numbers"""
    _, out = seeded
    first, second, other = (timeless(read(out / name)) for name in "abc")
    assert first == second
    seen = [[check["seen"] for check in result["exercises"][0]["checks"]] for result in (first, other)]
    assert seen[0] != seen[1]
    assert [check["status"] for check in first["exercises"][0]["checks"]] == [
        check["status"] for check in other["exercises"][0]["checks"]
    ]


def test_one_file_is_marked_alone(tmp_path: Path, plain: None) -> None:
    """With one .py file of an exercise, only that exercise is marked, whatever the target holds besides"""
    work = CLASS / "anna" / "ex5" / "ex5_4_2_fourier.py"
    run = grade_here("ex5", "--submission", work, "--no-sandbox", "--json", tmp_path / "r.json", env=PLAIN)
    assert run.returncode == 0, run.stderr
    assert_plain(run)
    result = read(tmp_path / "r.json")
    assert [e["id"] for e in result["exercises"]] == ["5.4.2"]
    assert result["sandbox"] == "none"
    assert run.stdout.count("isolation") == 1


def test_everything_in_chinese_is_plain_too(tmp_path: Path, box: Bubblewrap) -> None:
    """The whole assignment in Chinese, with printed output, fits 80 columns of plain text; what is missing is said"""
    arguments = ["ex5", "--submission", CLASS / "wang_lei", "--lang", "zh", "-v", "--json", tmp_path / "r.json"]
    run = grade_here(*arguments, env=PLAIN, box=box)
    assert run.returncode == 1, run.stderr
    assert_plain(run)
    result = read(tmp_path / "r.json")
    assert [e["id"] for e in result["exercises"]] == [e.id for e in find("ex5", exercises_root())[1]]
    status = {e["id"]: e["status"] for e in result["exercises"]}
    assert status["5.1.1"] == "passed"
    there = {path.stem for path in (CLASS / "wang_lei" / "ex5").iterdir()}
    assert {e["status"] for e in result["exercises"] if e["name"] not in there} <= {"missing"}
    assert "总分" in run.stdout
    assert "第0块的输出" in run.stdout


def test_messages_of_torch_lose_their_colours(tmp_path: Path, box: Bubblewrap) -> None:
    """A message of torch that holds escape codes arrives as plain text in a pipe"""
    run = grade_here("ex5.6.2", "--submission", CLASS / "diego", "--json", tmp_path / "r.json", env=PLAIN, box=box)
    assert run.returncode == 1, run.stderr
    assert "\\u001b" in (tmp_path / "r.json").read_text(encoding="utf-8"), "torch has no colours here any more"
    assert "Weights only load failed" in run.stdout
    assert_plain(run)


# A course whose author made mistakes

GOOD = '''
    """Spec."""
    import pytest
    from grader.spec import probe

    @probe
    def doubled(student):
        return student.double(21)

    def test_good(doubled):
        """It doubles"""
        assert doubled == 42
'''
MORE_CHECKS = """
    def test_more(doubled, number):
        \"""More\"""
        assert doubled == 42
"""
# The student's value is of another kind than this fixture of the spec works with.
STRICT = (
    GOOD.replace("@probe", '@probe(scope="module")').replace(
        "def test_good(doubled):", "def test_good(doubled, number):"
    )
    + """
    @pytest.fixture(scope="module")
    def number(doubled):
        return len(doubled)
"""
    + MORE_CHECKS
)
SPECS = {
    "good": GOOD,
    "strict": STRICT,
    "beside": "from help_of_ex9 import argument\n" + dedent(GOOD).replace("21", "argument()"),
    "half": GOOD + "\n    def test_more():\n        assert 1 == 1\n",
    "bad_syntax": GOOD + "\n    def test_more(doubled:\n        pass\n",
    "bad_import": "import no_such_module_anywhere\n" + dedent(GOOD),
    "bad_probe_name": GOOD.replace("student.double(21)", "student.double(undefined_number)"),
    "bad_check_name": GOOD.replace("doubled == 42", "doubled == undefined_number"),
    "bad_no_probe": GOOD.replace("def test_good(doubled):", "def test_good():").replace("doubled == 42", "1 == 1"),
    "bad_no_checks": GOOD.replace("def test_good", "def good"),
    "bad_unknown_fixture": GOOD.replace("def doubled(student):", "def doubled(student, no_such_fixture):"),
    "bad_fixture": GOOD.replace("def doubled(student):", "def doubled(student, number):").replace(
        "    @probe\n", "    @pytest.fixture\n    def number():\n        raise ValueError('ours')\n\n    @probe\n"
    ),
    "bad_module_fixture": STRICT.replace("def number(doubled):", "def number():").replace("len(doubled)", "1 / 0"),
    "bad_scope": GOOD.replace("@probe", '@probe(scope="module")')
    .replace("def doubled(student):", "def doubled(student, number):")
    .replace("    @probe", "    @pytest.fixture\n    def number():\n        return 1\n\n    @probe"),
}
FAULTY = [name for name in SPECS if name.startswith("bad_")]
EXERCISE = '[[exercises]]\nname = "{name}"\nid = "9.{number}"\npoints = 2\ntitle = "{name}"\n\n'


def write_course(root: Path, specs: dict[str, str]) -> None:
    """Write the assignment ex9 with an exercise for each spec, and a hand-in that is right."""
    folder, work = root / "exercises" / "ex9", root / "work" / "ex9"
    work.mkdir(parents=True)
    for name, text in specs.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "spec.py").write_text(dedent(text), encoding="utf-8")
        (work / f"{name}.py").write_text("def double(x):\n    return 2 * x\n", encoding="utf-8")
    (folder / "help_of_ex9.py").write_text("NUMBER = 21\n\ndef argument():\n    return NUMBER\n", encoding="utf-8")
    entries = [EXERCISE.format(name=name, number=number) for number, name in enumerate(specs, 1)]
    (folder / "assignment.toml").write_text('title = "Course"\n\n' + "".join(entries), encoding="utf-8")


def grade_course(root: Path, *arguments: str) -> Run:
    """Mark the hand-in of the course in `root`."""
    env = {**PLAIN, "GRADE_EXERCISES": str(root / "exercises")}
    where = ["--submission", root / "work", "--no-sandbox", "--json", root / "r.json"]
    return grade_here(*arguments, *where, env=env)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory, plain: None) -> tuple[Run, dict[str, Any], dict[str, Any]]:
    """A course with one good spec and many faulty ones, marked."""
    root = tmp_path_factory.mktemp("faulty")
    write_course(root, SPECS)
    run = grade_course(root, "ex9")
    result = read(root / "r.json")
    return run, result, {e["name"]: e for e in result["exercises"]}


def test_a_grader_error_ends_with_status_3(faulty: tuple[Run, dict[str, Any], dict[str, Any]]) -> None:
    """A course with faulty specs ends with status 3 and an incomplete score, and says so"""
    run, result, _ = faulty
    assert run.returncode == 3, run.stderr
    assert result["complete"] is False
    assert_plain(run)
    assert re.search(r"(?i)not complete", run.stdout)


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_spec_is_never_the_students_fault(
    name: str, faulty: tuple[Run, dict[str, Any], dict[str, Any]]
) -> None:
    """A spec that cannot be read, or whose fixture, probe or check is wrong, gives grader_error and nothing else"""
    _, _, exercises = faulty
    checks = exercises[name]["checks"]
    assert {check["status"] for check in checks} == {"grader_error"}, checks
    assert exercises[name]["status"] == "grader_error"
    assert exercises[name]["max_score"] == 2.0
    assert checks[0]["message"].startswith("The grader failed, not the submission")


def test_a_faulty_spec_says_what_is_wrong(faulty: tuple[Run, dict[str, Any], dict[str, Any]]) -> None:
    """The message of a grader error holds what its author needs to find the fault"""
    _, _, exercises = faulty
    words = {
        "bad_syntax": "SyntaxError",
        "bad_import": "no_such_module_anywhere",
        "bad_probe_name": "undefined_number",
        "bad_check_name": "undefined_number",
        "bad_no_probe": "probe",
        "bad_unknown_fixture": "no_such_fixture",
        "bad_fixture": "ours",
        "bad_module_fixture": "ZeroDivisionError",
        "bad_scope": "ScopeMismatch",
    }
    for name, word in words.items():
        assert word in exercises[name]["checks"][0]["message"], name


def test_a_faulty_spec_leaves_the_others_alone(faulty: tuple[Run, dict[str, Any], dict[str, Any]]) -> None:
    """What is right in the same course is marked as ever: exercises, checks, probes with a module beside the specs"""
    _, result, exercises = faulty
    assert exercises["good"]["status"] == "passed"
    assert exercises["good"]["score"] == exercises["beside"]["score"] == 2.0
    assert [check["status"] for check in exercises["half"]["checks"]] == ["passed", "grader_error"]
    assert result["score"] == 4.0 + exercises["half"]["score"]


def test_a_value_of_another_kind_is_the_students_fault(
    faulty: tuple[Run, dict[str, Any], dict[str, Any]],
) -> None:
    """What a fixture raises on a value of a probe fails every check that needs it: such a fault is no spec's"""
    _, _, exercises = faulty
    assert [check["status"] for check in exercises["strict"]["checks"]] == ["failed", "failed"]


def test_an_assignment_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A broken assignment.toml, a missing entry, a missing spec or no assignment at all: one line with the file"""
    write_course(tmp_path, {"good": GOOD})
    table = tmp_path / "exercises" / "ex9" / "assignment.toml"
    right = table.read_text(encoding="utf-8")
    wrong = {
        'title = "Course': "assignment.toml",
        right.replace("points = 2", ""): "points",
        right.replace("points = 2", 'points = "two"'): "assignment.toml",
        right.replace('name = "good"', 'name = "gone"'): "gone",
    }
    for text, word in wrong.items():
        table.write_text(text, encoding="utf-8")
        run = grade_course(tmp_path, "ex9")
        assert (run.returncode, run.stdout) == (3, "")
        assert run.stderr.startswith("grade: the exercises are broken, not the submission: ")
        assert run.stderr.count("\n") == 1
        assert "assignment.toml" in run.stderr
        assert word in run.stderr
    table.unlink()
    assert_usage(grade_course(tmp_path, "ex9"), "no assignments", "exercises")


def test_nobody_reads_on(tmp_path: Path) -> None:
    """When whoever reads has had enough, as `head` has, the command ends without a word."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", "from grader.cli import main; main()", "hint", "5.1.2"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=env)
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 1
