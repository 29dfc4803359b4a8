"""The same hand-in and the same checks (see `other_checks`) in the form that each grader wants.

Each function writes what its grader needs into a new folder and returns how one hand-in is marked there. What is done
once for a class, as making nbgrader's gradebook, is done while writing, and so is in no figure.
"""

from __future__ import annotations

import csv
import json
import subprocess
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from other_checks import CHECKS

NAMES = [(exercise, check.__name__) for exercise, checks in CHECKS.items() for check in checks]
NOTEBOOK_STUDENT = "SimpleNamespace(**globals())"


@dataclass(frozen=True)
class Place:
    """Where the other graders are installed: the folder of their commands, and the environment that they run in."""

    programs: Path
    environment: Mapping[str, str]

    def run(self, command: list[str], folder: Path) -> None:
        """Run a command that is not measured; raise CalledProcessError if it fails."""
        subprocess.run(command, cwd=folder, env=self.environment, check=True, capture_output=True)


@dataclass(frozen=True)
class Form:
    """How one hand-in is marked: a command, where it runs, which file it writes, and how points are read afterwards.

    `points` returns how many were given, and how many there are to get.
    """

    command: list[str]
    folder: Path
    result: Path
    points: Callable[[], tuple[float, float]]


def pytest_form(place: Place, folder: Path, files: Mapping[str, str]) -> Form:
    """A file of tests, run by pytest."""
    _write_modules(folder, files)
    _write(folder / "test_handin.py", [_imports(), *(f"def test_{c}():\n    check.{c}({e})\n" for e, c in NAMES)])
    result = folder / "result.xml"

    def points() -> tuple[float, float]:
        suite = next(ElementTree.parse(result).iter("testsuite"))
        failed = int(suite.attrib["failures"]) + int(suite.attrib["errors"])
        return int(suite.attrib["tests"]) - failed, len(NAMES)

    command = [str(place.programs / "python"), "-m", "pytest", "-q", f"--junitxml={result}", "test_handin.py"]
    return Form(command, folder, result, points)


def gradescope_form(place: Place, folder: Path, files: Mapping[str, str]) -> Form:
    """A class of unittest with the decorators of gradescope-utils, run by its JSONTestRunner."""
    _write_modules(folder, files)
    (folder / "tests").mkdir()
    methods = (
        f'    @weight(1)\n    @number("{n}")\n    def test_{c}(self):\n        check.{c}({e})\n'
        for n, (e, c) in enumerate(NAMES, 1)
    )
    head = "import unittest\nfrom gradescope_utils.autograder_utils.decorators import number, weight\n"
    _write(folder / "tests" / "test_handin.py", [head, _imports(), "class TestHandIn(unittest.TestCase):", *methods])
    runner = (
        "import unittest\nfrom gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner\n"
        'with open("results.json", "w") as stream:\n'
        '    JSONTestRunner(visibility="visible", stream=stream).run(unittest.defaultTestLoader.discover("tests"))\n'
    )
    _write(folder / "run_tests.py", [runner])
    result = folder / "results.json"

    def points() -> tuple[float, float]:
        tests = json.loads(result.read_text(encoding="utf-8"))["tests"]
        return sum(test["score"] for test in tests), sum(test["max_score"] for test in tests)

    return Form([str(place.programs / "python"), "run_tests.py"], folder, result, points)


def check50_form(place: Place, folder: Path, files: Mapping[str, str]) -> Form:
    """A folder of checks for check50, which runs each in a copy of the hand-in."""
    student, checks = folder / "student", folder / "checks"
    _write_modules(student, files)
    checks.mkdir()
    (checks / ".cs50.yml").write_text("check50:\n  files:\n    - !include '*.py'\n", encoding="utf-8")
    head = "import check50\nimport check50.py\nimport other_checks as check\n"
    body = (
        f"@check50.check()\ndef {c}():\n    student = check50.py.import_('{e}.py')\n    try:\n"
        f"        check.{c}(student)\n    except AssertionError as error:\n"
        "        raise check50.Failure(str(error)) from error\n"
        for e, c in NAMES
    )
    _write(checks / "__init__.py", [head, *body])
    result = folder / "result.json"

    def points() -> tuple[float, float]:
        results = json.loads(result.read_text(encoding="utf-8"))["results"]
        return sum(bool(found["passed"]) for found in results), len(results)

    options = ["--dev", str(checks), "-o", "json", "--output-file", str(result)]
    return Form([str(place.programs / "check50"), *options], student, result, points)


def nbgrader_form(place: Place, folder: Path, files: Mapping[str, str]) -> Form:
    """A notebook with a cell for each check, handed in by one student and marked by `nbgrader autograde`."""
    folder.mkdir(parents=True)
    config = "c = get_config()\nc.CourseDirectory.course_id = 'bench'\n"
    (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
    source = folder / "source" / "ex5"
    source.mkdir(parents=True)
    nbformat.write(_nbgrader_notebook(dict.fromkeys(files, "raise NotImplementedError")), source / "ex5.ipynb")
    nbgrader = str(place.programs / "nbgrader")
    place.run([nbgrader, "generate_assignment", "ex5"], folder)
    released = nbformat.read(folder / "release" / "ex5" / "ex5.ipynb", as_version=4)
    for cell in released.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in files:
            cell.source = files[name]
    handed_in = folder / "submitted" / "alice" / "ex5"
    handed_in.mkdir(parents=True)
    nbformat.write(released, handed_in / "ex5.ipynb")

    def points() -> tuple[float, float]:
        place.run([nbgrader, "export", "--to=grades.csv"], folder)
        with (folder / "grades.csv").open(encoding="utf-8") as stream:
            (row,) = csv.DictReader(stream)
        return float(row["score"]), float(row["max_score"])

    command = [nbgrader, "autograde", "ex5", "--student", "alice", "--force"]
    return Form(command, folder, folder / "autograded" / "alice" / "ex5" / "ex5.ipynb", points)


def otter_form(place: Place, folder: Path, files: Mapping[str, str]) -> Form:
    """An autograder's archive with a test file an exercise, and a notebook for it, marked by `otter run`."""
    folder.mkdir(parents=True)
    cells = [new_code_cell("import otter\ngrader = otter.Notebook()")]
    for exercise in CHECKS:
        cells += [new_code_cell(files[exercise]), new_code_cell(f'grader.check("{exercise}")')]
    nbformat.write(new_notebook(cells=cells, metadata=_kernel()), folder / "ex5.ipynb")
    with zipfile.ZipFile(folder / "autograder.zip", "w") as archive:
        archive.writestr("otter_config.json", json.dumps({"lang": "python"}))
        for exercise, checks in CHECKS.items():
            head = "from types import SimpleNamespace\nfrom otter.test_files import test_case\n"
            head += f"import other_checks as check\nOK_FORMAT = False\nname = '{exercise}'\npoints = {len(checks)}\n"
            cases = (
                f"@test_case()\ndef test_{c.__name__}(env):\n    check.{c.__name__}(SimpleNamespace(**env))\n"
                for c in checks
            )
            archive.writestr(f"tests/{exercise}.py", "\n\n".join([head, *cases]))
    out = folder / "out"
    out.mkdir()
    result = out / "results.json"

    def points() -> tuple[float, float]:
        tests = json.loads(result.read_text(encoding="utf-8"))["tests"]
        scored = [test for test in tests if "score" in test]
        return sum(test["score"] for test in scored), sum(test["max_score"] for test in scored)

    command = [str(place.programs / "otter"), "run", "-a", "autograder.zip", "-o", "out", "ex5.ipynb"]
    return Form(command, folder, result, points)


def _nbgrader_notebook(sources: Mapping[str, str]) -> nbformat.NotebookNode:
    head = "import other_checks as check\nfrom types import SimpleNamespace"
    cells = [_nbgrader_cell("head", head, locked=True)]
    for exercise, checks in CHECKS.items():
        cells.append(_nbgrader_cell(exercise, sources[exercise], solution=True))
        for found in checks:
            call = f"check.{found.__name__}({NOTEBOOK_STUDENT})"
            cells.append(_nbgrader_cell(found.__name__, call, grade=True, locked=True, points=1))
    return new_notebook(cells=cells, metadata=_kernel())


def _nbgrader_cell(name: str, source: str, points: int = 0, **kind: bool) -> nbformat.NotebookNode:
    told = {"schema_version": 3, "grade_id": name, "grade": False, "solution": False, "locked": False, "task": False}
    told |= kind
    if points:
        told["points"] = points
    return new_code_cell(source, metadata={"nbgrader": told})


def _kernel() -> dict[str, dict[str, str]]:
    return {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def _imports() -> str:
    return "import other_checks as check\n" + "".join(f"import {exercise}\n" for exercise in CHECKS)


def _write(path: Path, parts: list[str]) -> None:
    path.write_text("\n\n".join(parts), encoding="utf-8")


def _write_modules(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True)
    for name, source in files.items():
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
