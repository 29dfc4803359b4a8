"""The worked example of CONTRIBUTING.md does what the text promises."""

from __future__ import annotations

import json
import re
from unittest.mock import patch

import pytest
from in_process import grade_here
from support import ROOT

NAME = "ex5_1_4_residual"
BLOCK = re.compile(r"^\*\*`(?P<path>[^`\n]+)`\*\*\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = 'title = { en = "Chapter 5", zh = "第5章" }\n\n'


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A folder that holds the example's files and nothing else."""
    root = tmp_path_factory.mktemp("checkout")
    for block in BLOCK.finditer((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        path = root / block["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        # The entry of an assignment is to be added to a file that has a title already.
        head = HEAD if path.name == "assignment.toml" else ""
        path.write_text(head + block["text"], encoding="utf-8")
    return root


def run(checkout, box, *arguments):
    """Run the command on the example's exercises."""
    env = {"GRADE_EXERCISES": str(checkout / "exercises"), "XDG_CACHE_HOME": str(checkout / "cache")}
    with patch("grader.commands.verify.open_sandbox", return_value=(box, ())):
        return grade_here(*arguments, env=env, cwd=checkout, box=box)


def hand_in(checkout, box, answer):
    """Hand in one of the example's files; return the exit status and the exercise's result."""
    work = checkout / "work" / answer
    work.mkdir(parents=True)
    source = checkout / "reference" / "ex5" / NAME / f"{answer}.py"
    (work / f"{NAME}.py").write_bytes(source.read_bytes())
    done = run(checkout, box, "ex5.1.4", "--submission", work, "--json", work / "result.json")
    (exercise,) = json.loads((work / "result.json").read_text(encoding="utf-8"))["exercises"]
    return done.returncode, exercise


def test_example_is_complete(checkout):
    """The example has every file of the table but equivalent.toml, which it does not need."""
    files = {path.relative_to(checkout).as_posix() for path in checkout.rglob("*.*") if path.is_file()}
    exercise, reference = f"exercises/ex5/{NAME}", f"reference/ex5/{NAME}"
    names = "statement.en.md statement.zh.md spec.py checks.zh.toml mistakes.toml".split()
    wanted = {f"{exercise}/{name}" for name in names} | {f"{reference}/solution.py", "exercises/ex5/assignment.toml"}
    assert wanted | {f"student_template/ex5/{NAME}.py"} <= files
    assert any(name.startswith(f"{reference}/mistakes/") for name in files)
    assert any(name.startswith(f"{reference}/variants/") for name in files)


def test_example_is_clean(checkout, box):
    """`grade verify` finds nothing wrong with the example, and no mutant of it survives."""
    done = run(checkout, box, "verify", "ex5.1.4")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing is wrong." in done.stdout
    assert "survived" not in done.stdout


def test_example_marks_the_solution(checkout, box):
    """The example's solution gets all points."""
    status, exercise = hand_in(checkout, box, "solution")
    assert (status, exercise["status"], exercise["score"]) == (0, "passed", 5.0)


def test_example_explains_a_mistake(checkout, box):
    """A mistake of the example loses the points of its checks and is told what happened."""
    status, exercise = hand_in(checkout, box, "mistakes/input_forgotten")
    failed = {check["name"] for check in exercise["checks"] if check["status"] != "passed"}
    assert (status, exercise["status"], exercise["score"]) == (1, "failed", 1.25)
    assert failed == {"test_input_is_added", "test_gradients_along_both_ways"}
    assert "the net's output alone" in json.dumps(exercise["diagnoses"])
