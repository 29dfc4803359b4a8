"""Notebooks and Markdown notes are marked like files: by the real judge, in the real sandbox and without one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hostile_corpus import Attack, attacks
from in_process import grade_here
from nbformat import NotebookNode, v4
from notebook_files import markdown, notebook, write_notebook
from support import HOSTILE, ROOT, SAMPLES, TINY, need_bubblewrap, results, tiny

from grader.catalogue import exercises_root, load_assignment
from grader.judge.marking import mark
from grader.results import CheckResult, ExerciseResult, Result, Status, to_json
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.plain import Plain
from grader.sandbox.process import Sandbox
from grader.submission import find_work

FOLDER = SAMPLES / "notebooks"
SAMPLE_NAMES = sorted(path.parent.name for path in FOLDER.glob("*/expected.toml"))
KEYS = {"status", "diagnosis", "says", "line", "file"}

DOUBLE = "def double(x):\n    return 2 * x"
GREET = "def greet(name):\n    return f'hello {name}'"


@pytest.fixture(scope="module")
def box() -> Iterator[Bubblewrap]:
    """A sandbox that the tests of this file share."""
    need_bubblewrap()
    sandbox = Bubblewrap([ROOT], full=True)
    yield sandbox
    sandbox.close()


def marked(sandbox: Sandbox, folder: Path, *cells: str | NotebookNode) -> ExerciseResult:
    """Mark a notebook of some cells as an answer to the tiny exercise."""
    write_notebook(folder / "hw.ipynb", cells)
    (result,) = results(tiny(), sandbox, [folder])
    return result.exercises[0]


def notes(exercise: ExerciseResult) -> list[str]:
    """Return an exercise's notes in English."""
    return [note.en for note in exercise.notes]


def check(exercise: ExerciseResult, name: str) -> CheckResult:
    """Return a check by its name."""
    return next(found for found in exercise.checks if found.name == name)


# Notebooks as students write them


@pytest.fixture(scope="module")
def class_results(box) -> dict[str, tuple[Result, Result]]:
    """The sample hand-ins, marked in their order and then in the opposite one."""
    assignment = load_assignment(exercises_root() / "ex5")
    wanted = {id_ for name in SAMPLE_NAMES for id_ in expected(name)}
    exercises = [
        # Waiting proves nothing: one of the notebooks has a cell that never ends.
        replace(exercise, limits=replace(exercise.limits, probe_seconds=4))
        for exercise in assignment.exercises
        if exercise.id in wanted
    ]
    works = [find_work(FOLDER / name, assignment, [exercise.name for exercise in exercises]) for name in SAMPLE_NAMES]
    found: list[Result] = []
    mark(assignment, exercises, box, [*works, *reversed(works)], found.append, seed=7)
    return {first.submission: (first, second) for first, second in zip(found, reversed(found), strict=False)}


def expected(name: str) -> dict[str, dict[str, Any]]:
    """Return what the expected.toml of a sample says, by exercise id."""
    return tomllib.loads((FOLDER / name / "expected.toml").read_text(encoding="utf-8"))["exercises"]


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_a_notebook_is_marked_as_expected(name, class_results):
    """Statuses, messages, places and files are those of the sample's expected.toml."""
    result, _ = class_results[name]
    assert sorted(exercise.id for exercise in result.exercises) == sorted(expected(name))
    for exercise in result.exercises:
        wanted = expected(name)[exercise.id]
        assert set(wanted) <= KEYS
        found = {c.name: (c.status, c.message.en) for c in exercise.checks if c.status is not Status.PASSED}
        assert (exercise.status, found) == (Status(wanted["status"]), found)
        worst = next(c for c in exercise.checks if c.status is exercise.status)
        if wanted["status"] == "passed":
            assert exercise.score == exercise.max_score
        if "diagnosis" in wanted:
            assert [diagnosis.name for diagnosis in exercise.diagnoses] == [wanted["diagnosis"]]
        if "says" in wanted:
            assert wanted["says"] in worst.message.en
        if "line" in wanted:
            assert worst.location is not None
            assert worst.location.line == wanted["line"]
        if "file" in wanted:
            assert exercise.file == wanted["file"]
    assert not result.has_grader_error


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_neighbours_and_order_change_nothing(name, class_results):
    """Marked again between other neighbours, a notebook gets the same bytes of result."""
    first, second = (
        to_json(
            replace(
                result,
                exercises=tuple(
                    replace(e, seconds=0.0, checks=tuple(replace(c, seconds=0.0) for c in e.checks))
                    for e in result.exercises
                ),
                seconds=0.0,
                created="",
            )
        )
        for result in class_results[name]
    )
    assert first == second


def test_what_the_samples_are_there_for(class_results):
    """Together the samples have right and wrong answers, every kind of cell, and notes on what did not simply run."""
    assert SAMPLE_NAMES == ["bruno", "mei", "noor", "wei"]
    assert class_results["wei"][0].passed
    seen = {entry["status"] for name in SAMPLE_NAMES for entry in expected(name).values()}
    assert seen >= {"passed", "failed", "error", "missing", "not_attempted"}
    assert notes(class_results["bruno"][0].exercises[0]) == [
        "Cell 1, line 1: No module named 'd2l'. The rest of the cell ran without it.",
        "Cell 4 was still running when its time was up, and was stopped.",
        "Cell 5 failed: SyntaxError: '(' was never closed (line 3).",
        "Cell 6 failed: NameError: name 'train' is not defined (line 1).",
        "Cell 7 failed: RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x16 and 32x10) (line 2).",
        "Cell 9 ended the whole process.",
    ]
    assert "%matplotlib inline (cell 1)" in notes(class_results["wei"][0].exercises[0])[0]
    versions = [b'"nbformat": 3' in path.read_bytes() for path in FOLDER.rglob("*.ipynb")]
    assert set(versions) == {True, False}


# One cell after the other


def test_answers_in_several_cells(box, tmp_path):
    """Answers in cells of their own, between others, are found."""
    exercise = marked(box, tmp_path, v4.new_markdown_cell("# Notes"), "import torch", DOUBLE, "x = double(1)", GREET)
    assert (exercise.score, exercise.file, exercise.notes) == (10, "hw.ipynb", ())


@pytest.mark.parametrize("version", [3, 4])
def test_formats(box, tmp_path, version):
    """Old and new formats of notebooks are marked alike."""
    (tmp_path / "hw.ipynb").write_bytes(notebook(DOUBLE, GREET, version=version))
    assert results(tiny(), box, [tmp_path])[0].score == 10


def test_markdown(box, tmp_path):
    """Notes in Markdown are marked, and places in them are lines of the file."""
    (tmp_path / "notes.md").write_bytes(markdown("import torch", DOUBLE, "def greet(name):\n    return nowhere"))
    exercise = results(tiny(), box, [tmp_path])[0].exercises[0]
    assert check(exercise, "test_double").status is Status.PASSED
    place = check(exercise, "test_greeting").location
    assert place is not None
    lines = (tmp_path / "notes.md").read_text().split("\n")
    assert (place.file, lines[place.line - 1]) == ("notes.md", "    return nowhere")
    assert [line.text for line in place.source if line.marked] == ["    return nowhere"]


def test_a_failing_cell(box, tmp_path):
    """A cell that fails is reported by its number, and the rest runs."""
    exercise = marked(box, tmp_path, DOUBLE, "1 / 0", GREET)
    assert exercise.score == 10
    assert notes(exercise) == ["Cell 2 failed: ZeroDivisionError: division by zero (line 1)."]


def test_a_hanging_cell(box, tmp_path):
    """A cell that hangs is reported by its number, and the rest runs; so do several."""
    exercise = marked(box, tmp_path, DOUBLE, "while True:\n    pass", "import time\ntime.sleep(60)", GREET)
    assert exercise.score == 10
    assert notes(exercise) == [
        f"Cell {number} was still running when its time was up, and was stopped." for number in (2, 3)
    ]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("import os\nos._exit(0)", "ended the whole process"),
        ("import ctypes\nctypes.string_at(0)", "was killed by signal SIGSEGV"),
        ("exit()", "asked Python to exit"),
        ("import sys\nsys.exit('done')", "asked Python to exit"),
        ("raise KeyboardInterrupt", "failed: KeyboardInterrupt"),
        ("x = bytes(2**40)", "failed: MemoryError"),
        ("import os\nos.write(3, b'nonsense' * 99)", "broke the connection"),
        ("import os\nos.close(3)", ""),
        ("def f():\n    f()\nf()", "failed: RecursionError"),
        ("x = " + "(" * 300 + ")" * 300, "failed: SyntaxError"),
    ],
)  # fmt: skip
def test_a_cell_that_leaves(box, tmp_path, cell, words):
    """Whatever a cell does to its process costs that cell alone."""
    exercise = marked(box, tmp_path, DOUBLE, cell, GREET)
    assert exercise.score == 10
    assert len(notes(exercise)) == 1
    assert notes(exercise)[0].startswith("Cell 2 ")
    assert words in notes(exercise)[0]


def test_names_defined_twice(box, tmp_path):
    """The last definition of a name counts, also where it is wrong."""
    wrong = "def greet(name):\n    return 'no'"
    assert marked(box, tmp_path, DOUBLE, wrong, GREET).score == 10
    exercise = marked(box, tmp_path, DOUBLE, GREET, wrong)
    assert check(exercise, "test_greeting").status is Status.FAILED
    place = check(exercise, "test_greeting").location
    assert place is not None
    assert (place.file, place.line) == ("hw.ipynb, cell 3", 1)


@pytest.mark.parametrize("mark", ["tiny_1_double", "1"])
def test_a_marker(box, tmp_path, mark):
    """A cell tied to the exercise counts, whatever is defined below it without a marker or for others."""
    exercise = marked(
        box, tmp_path, f"# grade: {mark}\n{DOUBLE}\n{GREET}", "double = 5", "# grade: 7.7\ngreet = 5", "greet = 6"
    )
    assert exercise.score == 10
    assert notes(exercise) == ["Markers that mean no exercise here: “7.7” (cell 3 of hw.ipynb)."]


def test_a_marker_in_a_python_file_does_nothing(box, tmp_path):
    """In a .py file a marker is a comment."""
    (tmp_path / "tiny_1_double.py").write_text(f"# grade: 9.9\n{DOUBLE}\n# grade: 9.9\n{GREET}\n")
    exercise = results(tiny(), box, [tmp_path])[0].exercises[0]
    assert (exercise.score, exercise.notes) == (10, ())


def test_what_only_jupyter_can_do(box, tmp_path):
    """Magics, shell lines, plots, input, await and display do no harm, and what was skipped is told."""
    exercise = marked(
        box, tmp_path,
        "%matplotlib inline\n!pip install d2l\nimport matplotlib.pyplot as plt\nfrom IPython import display as show",
        "fig, ax = plt.subplots()\nax.plot([1, 2])\nplt.show()\nfactor = int(input('Factor? ') or 2);",
        "%%time\nimport asyncio\nawait asyncio.sleep(0)\ndisplay(fig)\nget_ipython().magic('x')",
        "%%bash\necho $HOME", "double?", "%time y = 5",
        f"def double(x):\n    return factor * x * (y - 4)\n_ = 1\n{GREET}",
    )  # fmt: skip
    assert exercise.score == 10
    assert notes(exercise) == [
        "Skipped, since only Jupyter can run it: %matplotlib inline (cell 1), !pip install d2l (cell 1), "
        "%%bash (cell 4), double? (cell 5)."
    ]


def test_a_library_that_is_not_there(box, tmp_path):
    """An import that fails is told, and the rest of its cell runs."""
    exercise = marked(box, tmp_path, f"from no_such_library import torch as d2l\n{DOUBLE}", GREET, "d2l.plot()")
    assert exercise.score == 10
    assert notes(exercise) == [
        "Cell 1, line 1: No module named 'no_such_library'. The rest of the cell ran without it.",
        "Cell 3 failed: NameError: name 'd2l' is not defined (line 1).",
    ]


# What is told


def test_a_name_that_a_failed_cell_would_have_defined(box, tmp_path):
    """A name that is not there because its cell failed is told with that cell and its error."""
    exercise = marked(box, tmp_path, DOUBLE, f"x = nowhere\n{GREET}")
    found = check(exercise, "test_greeting")
    assert found.status is Status.MISSING
    assert found.message.en == (
        "Cell 2 failed: NameError: name 'nowhere' is not defined (line 1); so greet was not defined."
    )
    assert "第 2 个单元格出错" in found.message.zh
    assert found.location is not None
    assert (found.location.file, found.location.line) == ("hw.ipynb, cell 2", 1)


def test_a_name_that_a_hanging_cell_would_have_defined(box, tmp_path):
    """The same of a cell that hangs."""
    found = check(marked(box, tmp_path, DOUBLE, f"import time; time.sleep(60)\n{GREET}"), "test_greeting")
    assert found.message.en.startswith("Cell 2 was still running when its time was up")
    assert found.message.en.endswith("so greet was not defined.")


def test_an_answer_under_another_name(box, tmp_path):
    """An answer under a close name is not guessed: what to rename is told, with its cell."""
    exercise = marked(box, tmp_path, "import torch", "def Double_it(x):\n    return 2 * x", GREET)
    found = check(exercise, "test_double")
    assert found.status is Status.MISSING
    assert found.message.en == (
        "hw.ipynb does not define double. It has Double_it (cell 2): if that is the answer, rename it to double, "
        "or add the line double = Double_it below it."
    )
    assert found.location is not None
    assert found.location.file == "hw.ipynb, cell 2"


def test_an_answer_under_another_name_in_a_long_notebook(box, tmp_path):
    """The close name is found among hundreds of others."""
    many = "\n".join(f"x_{number} = {number}" for number in range(900))
    found = check(marked(box, tmp_path, many, "def doubled(x): return 2 * x", many, GREET), "test_double")
    assert "It has doubled (cell 2)" in found.message.en


def test_an_imported_name_is_no_answer(box, tmp_path):
    """A close name that was only imported is not suggested."""
    found = check(marked(box, tmp_path, "from torch.nn.functional import dropout1d as greets", DOUBLE), "test_greeting")
    assert found.message.en == "hw.ipynb does not define greet."


def test_a_place_in_a_cell(box, tmp_path):
    """An error is shown by cell and line, with the lines of that cell, whatever stands above it."""
    exercise = marked(box, tmp_path, "x = 1\n\ny = 2", f"{GREET}\n\n\ndef double(x):\n    return x.nowhere")
    place = check(exercise, "test_double").location
    assert place is not None
    assert (place.file, place.line, place.function) == ("hw.ipynb, cell 2", 6, "double")
    assert [(line.number, line.text) for line in place.source] == [
        (3, ""), (4, ""), (5, "def double(x):"), (6, "    return x.nowhere"),
    ]  # fmt: skip


def test_a_stub_in_a_cell(box, tmp_path):
    """What is not written yet in a notebook is not attempted, as in a file."""
    exercise = marked(box, tmp_path, "def double(x):\n    raise NotImplementedError", "greet = ...")
    assert {found.status for found in exercise.checks} == {Status.NOT_ATTEMPTED}


# Attacks


def in_a_cell(attack: Attack) -> bool:
    """Whether an attack is one file of code, and none of the many that only wait for the end of their time."""
    files = [file.name for file in attack.folder.glob("tiny/*")]
    quick = "timeout" not in attack.allowed or attack.name in ("resource_loop_import", "resource_loop_c")
    return quick and files == ["tiny_1_double.py"] and not (attack.folder / "make.py").exists()


ATTACKS = [attack.name for attack in attacks() if in_a_cell(attack)]


@pytest.fixture(scope="module")
def attacked(box, tmp_path_factory) -> dict[str, tuple[ExerciseResult, ExerciseResult]]:
    """What became of each attack in a cell, and of the right notebook after it, all marked one after the other."""
    place = tmp_path_factory.mktemp("attacks")
    right = write_notebook(place / "right" / "hw.ipynb", [DOUBLE, GREET]).parent
    for name in ATTACKS:
        attack = (HOSTILE / name / "tiny" / "tiny_1_double.py").read_text(encoding="utf-8")
        write_notebook(place / name / "hw.ipynb", ["import torch", attack, "x = 1"])
    folders = [folder for name in ATTACKS for folder in (place / name, right)]
    found = [result.exercises[0] for result in results(tiny(), box, folders)]
    return dict(zip(ATTACKS, zip(found[::2], found[1::2], strict=True), strict=True))


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_in_a_cell_earn_nothing(attacked, name):
    """What earns nothing in a file earns nothing in a cell, and ends in time; the next notebook has its marks."""
    exercise, after = attacked[name]
    assert exercise.score == 0
    assert exercise.seconds < 8 + 4 + 5
    assert after.score == 10


# Without a sandbox, and from the command line


def test_without_a_sandbox(tmp_path):
    """In plain processes the same is found; a process that ran a clean notebook is used again."""
    sandbox = Plain(full=False)
    sandbox.prepare(tiny().exercises[0].limits)
    try:
        cells = [DOUBLE, "%pwd", "import matplotlib.pyplot as plt\nplt.plot([1])", "1 / 0", "input()", GREET]
        first = marked(sandbox, tmp_path, *cells)
        (process,) = sandbox.waiting
        second = marked(sandbox, tmp_path, *cells)
        assert sandbox.waiting == (process,)
        hanging = marked(sandbox, tmp_path, DOUBLE, "import time; time.sleep(60)", "import os\nos._exit(1)", GREET)
        (tmp_path / "hw.ipynb").unlink()
        clean = "import builtins\nassert not hasattr(builtins, 'display')"
        (tmp_path / "tiny_1_double.py").write_text(f"{DOUBLE}\n{GREET}\n{clean}")
        (plain,) = results(tiny(), sandbox, [tmp_path])
    finally:
        sandbox.close()
    assert first.score == second.score == hanging.score == plain.score == 10
    assert notes(first) == [
        "Skipped, since only Jupyter can run it: %pwd (cell 2).",
        "Cell 4 failed: ZeroDivisionError: division by zero (line 1).",
    ]
    assert [note.split(" ", 2)[1] for note in notes(hanging)] == ["2", "3"]


def lines(box: Bubblewrap, arguments: Iterable[str | Path]) -> tuple[int, str]:
    """Run the grade command on the tiny assignment; return its exit status and all that it printed."""
    done = grade_here("tiny", *arguments, env={"GRADE_EXERCISES": str(TINY.parent)}, box=box)
    return done.returncode, done.stdout + done.stderr


def test_the_command(tmp_path, box):
    """`grade` marks a notebook given as a file, and refuses a broken one in one line."""
    path = write_notebook(tmp_path / "hw.ipynb", [DOUBLE, "1 / 0", GREET])
    status, text = lines(box, ["--submission", path, "-v"])
    assert status == 0, text
    assert "10 / 10" in text
    assert "Cell 2 failed" in text
    path.write_text("{}")
    status, text = lines(box, ["--submission", path])
    assert status == 2
    assert "hw.ipynb is not a notebook" in text
    assert "Traceback" not in text
