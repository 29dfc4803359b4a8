"""The second assignment goes through the same engine: marked alone, beside the first one, and for a class."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from fake_worker import light_workers
from in_process import grade_here
from support import ROOT, grade

from grader.catalogue import load_assignment
from grader.sandbox.bubblewrap import Bubblewrap

NAME = "ex5_warmup"
REFERENCE = ROOT / "reference"
EXERCISES = load_assignment(ROOT / "exercises" / NAME).exercises

pytestmark = pytest.mark.usefixtures("box")


def solutions(assignment: str, folder: Path) -> Path:
    """Write all solutions of an assignment as a hand-in; return the folder."""
    (folder / assignment).mkdir(parents=True)
    for path in sorted((REFERENCE / assignment).glob("*/solution.py")):
        shutil.copy(path, folder / assignment / f"{path.parent.name}.py")
    return folder


def marked(box: Bubblewrap, target: str, work: Path, out: Path) -> dict[str, Any]:
    """Return the result of marking a folder."""
    done = grade_here(target, "--submission", work, "--json", out, box=box)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> Path:
    """A hand-in with all solutions."""
    return solutions(NAME, tmp_path_factory.mktemp("answers"))


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """What `grade new` writes."""
    folder = tmp_path_factory.mktemp("copy")
    done = grade("new", "hw", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "hw"


@pytest.fixture(scope="module")
def untouched(box, copy, tmp_path_factory) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """What `grade ex5_warmup` says in the copy, and its result."""
    out = tmp_path_factory.mktemp("untouched") / "result.json"
    done = grade_here(NAME, "--json", out, cwd=copy, box=box)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done, json.loads(out.read_text(encoding="utf-8"))


def test_solutions_get_full_marks(box, answers, tmp_path):
    """`grade ex5_warmup` gives the solutions all points."""
    result = marked(box, NAME, answers, tmp_path / "result.json")
    assert (result["assignment"], len(result["exercises"])) == (NAME, len(EXERCISES))
    points = sum(exercise.points for exercise in EXERCISES)
    assert (result["score"], result["max_score"], result["complete"]) == (points, points, True)


@pytest.mark.parametrize(
    ("target", "ids"),
    [("ex5_warmup.2", ["2.1", "2.2"]), ("ex5_warmup.1.3", ["1.3"]), ("warmup_1_3_module_dict", ["1.3"])],
)
def test_a_part_of_it_is_marked(box, answers, tmp_path, target, ids):
    """A section, a number and a name of the second assignment are targets like those of the first."""
    result = marked(box, target, answers, tmp_path / "result.json")
    assert [exercise["id"] for exercise in result["exercises"]] == ids
    assert result["score"] == result["max_score"]


def test_a_new_copy_has_the_stubs_of_both(copy, untouched):
    """`grade new` writes both assignments, and nothing of the second one is attempted yet."""
    for name in ("ex5", NAME):
        given = {path.name: path.read_bytes() for path in (ROOT / "student_template" / name).glob("*.py")}
        assert {path.name: path.read_bytes() for path in (copy / name).iterdir()} == given
    _, result = untouched
    assert [exercise["status"] for exercise in result["exercises"]] == ["not_attempted"] * len(EXERCISES)


def test_what_to_do_next_names_the_assignment(copy, untouched):
    """The next step and the hint are commands that lead to the second assignment."""
    done, _ = untouched
    file = f"{NAME}/warmup_1_1_fixed_hidden_mlp.py"
    assert f"Next: open {file}, then run: grade ex5_warmup.1.1 Stuck?" in " ".join(done.stdout.split())
    hint = grade("hint", "ex5_warmup.1.1", cwd=copy)
    assert hint.returncode == 0, hint.stderr
    assert f"Next: open {file}, then run: grade ex5_warmup.1.1 Another hint:" in " ".join(hint.stdout.split())


def test_notebooks_of_both_are_told_apart(box, tmp_path):
    """In a copy as notebooks, an answer in the warm-up's notebook is found, and none of the other's cells."""
    assert grade("new", "--notebook", "hw", cwd=tmp_path).returncode == 0
    path = tmp_path / "hw" / NAME / "ex5_warmup_1.ipynb"
    stub = (ROOT / "student_template" / NAME / "warmup_1_3_module_dict.py").read_text(encoding="utf-8")
    answer = (REFERENCE / NAME / "warmup_1_3_module_dict" / "solution.py").read_text(encoding="utf-8")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    (cell,) = [cell for cell in notebook["cells"] if "".join(cell["source"]) == f"# grade: 1.3\n{stub}".rstrip()]
    cell["source"] = f"# grade: ex5_warmup.1.3\n{answer}"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    result = marked(box, "ex5_warmup.1", tmp_path / "hw", tmp_path / "result.json")
    assert [exercise["status"] for exercise in result["exercises"]] == [
        *["not_attempted"] * 2, "passed", "not_attempted",
    ]  # fmt: skip
    assert result["exercises"][2]["file"] == f"{NAME}/ex5_warmup_1.ipynb"
    other = marked(box, "ex5.1.2", tmp_path / "hw", tmp_path / "other.json")
    assert [exercise["status"] for exercise in other["exercises"]] == ["not_attempted"]


def test_a_class_hands_in_both(tmp_path):
    """`grade batch --assignment` takes from each hand-in the assignment that was asked for."""
    solutions("ex5", solutions(NAME, tmp_path / "class" / "anna"))
    solutions("ex5", tmp_path / "class" / "ben")
    solutions(NAME, tmp_path / "class" / "chen")
    shutil.copy(
        REFERENCE / NAME / "warmup_1_2_module_list" / "mistakes" / "plain_list.py",
        tmp_path / "class" / "chen" / NAME / "warmup_1_2_module_list.py",
    )
    scores = {}
    for target in ("ex5_warmup.1.2", "ex5.1.2"):
        out = tmp_path / target
        with light_workers():
            done = grade_here("batch", tmp_path / "class", "--out", out, "--assignment", target, "--jobs", "1")
        assert done.returncode == 0, done.stdout + done.stderr
        with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert len(rows) == 4
        scores[target] = {path.name: read(path) for path in sorted((out / "students").iterdir())}
    assert scores["ex5_warmup.1.2"]["anna"] == ["passed"]
    assert scores["ex5_warmup.1.2"]["chen"] == ["error"]
    assert scores["ex5_warmup.1.2"].get("ben", []) in ([], ["missing"])
    assert scores["ex5.1.2"]["anna"] == scores["ex5.1.2"]["ben"] == ["passed"]
    assert scores["ex5.1.2"].get("chen", []) in ([], ["missing"])


def read(folder: Path) -> list[str]:
    """Return how the exercises of a student ended; nothing where there is no result."""
    path = folder / "result.json"
    if not path.is_file():
        return []
    return [exercise["status"] for exercise in json.loads(path.read_text(encoding="utf-8"))["exercises"]]
