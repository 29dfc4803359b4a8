"""Hints go in steps from the question to the checks; what went wrong comes first, and nothing is imported for them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT

from grader.catalogue import CatalogueError, Exercise, exercises_root, load_assignment
from grader.hints import ladder
from grader.limits import Limits
from grader.results import Status, Text
from grader.state import Marked

EX5 = load_assignment(exercises_root() / "ex5")
PARALLEL = next(exercise for exercise in EX5.exercises if exercise.id == "5.1.2")


def marked(default: Status, mistakes: tuple[str, ...] = (), **others: Status) -> Marked:
    """Return a marking of the parallel block in which every check ended in `default`, but for some."""
    names = [hint.key.removeprefix("check:") for hint in ladder(PARALLEL) if hint.key.startswith("check:")]
    return Marked("", {name: others.get(name, default) for name in names}, mistakes)


def made(folder: Path, spec: str = "", statement: str = "", chinese: str = "") -> Exercise:
    """Return an exercise with some texts."""
    (folder / "spec.py").write_text(spec, encoding="utf-8")
    if statement:
        (folder / "statement.en.md").write_text(statement, encoding="utf-8")
    if chinese:
        (folder / "statement.zh.md").write_text(chinese, encoding="utf-8")
    return Exercise("one", "1.1", Text("One"), 1.0, "1.2", folder, Limits())


def test_the_question_comes_first_then_the_idea_then_the_checks():
    """Without a marking, the steps are the question with its place in the book, the idea, and each check's hint."""
    steps = ladder(PARALLEL)
    assert [step.key for step in steps[:3]] == ["question", "idea", "check:test_output_is_as_wide_as_both_nets"]
    assert "side by side" in steps[0].text.en
    assert "In the book: 5.1.3" in steps[0].text.en
    assert "书中位置：5.1.3" in steps[0].text.zh
    assert steps[1].text.en.startswith("A block is anything that turns tensors into tensors")
    assert steps[2].about.en.startswith("The output has one row for each sample")
    assert steps[2].about.zh == "输出中每个样本占一行，宽度是两个网络的输出宽度之和"


def test_what_went_wrong_comes_first():
    """After a marking the recognised mistake and the failed checks' hints lead, and there is none on what passed."""
    wrong = marked(Status.PASSED, ("nets_in_a_list",), test_both_nets_are_registered=Status.FAILED)
    keys = [step.key for step in ladder(PARALLEL, wrong)]
    assert keys == ["mistake:nets_in_a_list", "check:test_both_nets_are_registered", "question", "idea"]


def test_what_was_not_tried_comes_last():
    """Checks of names that are not written yet keep their hints, behind the question."""
    missing = {"test_both_nets_are_registered": Status.MISSING, "test_net1_comes_first": Status.ERROR}
    keys = [step.key for step in ladder(PARALLEL, marked(Status.PASSED, (), **missing))]
    assert keys == ["check:test_net1_comes_first", "question", "idea", "check:test_both_nets_are_registered"]


@pytest.mark.parametrize("status", [Status.ERROR, Status.NOT_ATTEMPTED, Status.MISSING, Status.CRASHED])
def test_of_what_never_ran_nothing_is_known(status):
    """Where no check got as far as an answer, the steps are those of an exercise that nobody has marked."""
    assert ladder(PARALLEL, marked(status)) == ladder(PARALLEL)


def test_there_is_no_hint_on_what_passed():
    """An exercise that has passed needs none."""
    assert ladder(PARALLEL, marked(Status.PASSED)) == ()


def test_a_check_with_parameters_is_told_by_its_function():
    """One of several parameters that failed brings up the hint of the check."""
    found = marked(Status.PASSED)
    several = {"test_net1_comes_first[2]": Status.PASSED, "test_net1_comes_first[7]": Status.FAILED}
    checks = {name: status for name, status in found.checks.items() if name != "test_net1_comes_first"} | several
    assert ladder(PARALLEL, Marked("", checks))[0].key == "check:test_net1_comes_first"


# Imports the specs as pytest does, in a process of its own, where no marker is refused.
IMPORTS = """
import importlib.util, json, sys
from pathlib import Path
folder = Path(sys.argv[1])
sys.path.insert(0, str(folder))
found = {}
for path in folder.glob("*/spec.py"):
    spec = importlib.util.spec_from_file_location("spec_of_" + path.parent.name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found[path.parent.name] = {
        name: [mark.args[0] for mark in getattr(check, "pytestmark", []) if mark.name == "hint"]
        for name, check in vars(module).items()
        if name.startswith("test")
    }
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def imported() -> dict[str, dict[str, list[str]]]:
    """The hints of every check of ex5, as they are marked."""
    command = [sys.executable, "-W", "ignore", "-c", IMPORTS, str(EX5.folder)]
    found = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("exercise", EX5.exercises, ids=lambda exercise: exercise.id)
def test_hints_are_those_that_marking_shows(exercise, imported):
    """What is read from a spec's text is what pytest finds when it is imported, and all of it is there in Chinese."""
    shown = {name: hints[0] for name, hints in imported[exercise.name].items() if hints}
    steps = ladder(exercise)
    assert [step.key for step in steps[:2]] == ["question", "idea"]
    read = {step.key.removeprefix("check:"): step.text.en for step in steps[2:]}
    # A hint that two checks share is one step.
    assert set(read.values()) == set(shown.values())
    assert read.items() <= shown.items()
    assert [step.key for step in steps if not step.text.zh or not step.about.zh] == []


def test_nothing_heavy_is_imported():
    """Neither torch nor pytest is needed to read the hints on an exercise."""
    code = (
        "import sys\n"
        "from grader.catalogue import exercises_root, find\n"
        "from grader.hints import ladder\n"
        "assert ladder(find('5.1.2', exercises_root())[1][0])\n"
        "print(sorted({'torch', 'numpy', 'pytest', 'rich'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_spec_is_read_and_not_run(tmp_path):
    """A spec that would fail to import, and marks that are no texts, still give the hints that there are."""
    spec = (
        "import no_such_module\n"
        "raise SystemExit\n"
        "@pytest.mark.points(2)\n"
        '@pytest.mark.hint("Look " "twice.")\n'
        "def test_a(x):\n"
        '    """It is so\n\n    Really."""\n'
        "@pytest.mark.hint(WORDS)\n"
        "def test_b(x): pass\n"
        "@pytest.mark.hint('Not a check.')\n"
        "def helper(): pass\n"
    )
    [step] = ladder(made(tmp_path, spec))
    assert (step.key, step.about.en, step.text.en) == ("check:test_a", "It is so", "Look twice.")


def test_a_spec_that_cannot_be_read_is_the_courses_fault(tmp_path):
    """A syntax error in a spec is named as the exercise's."""
    with pytest.raises(CatalogueError, match=r"spec\.py cannot be read"):
        ladder(made(tmp_path, "def test_a(:\n"))


STATEMENT = """# 1.1 One

*What* happens here?
And why is `a * b * c` so?

```python
# no heading
a = 1
```

- a list of what to write

## What to write

Something.

## Worth knowing
- One line
  that goes on.
- Another **line**.

| no | table |

In the book: section 9.
"""
CHINESE = """# 1.1 一

第一行，
第二行，含 `code`
以及 x。

## 值得了解的

知道吗？
"""


def test_statements_become_paragraphs(tmp_path):
    """Lines are joined as each language joins them; code blocks, tables and the marks of emphasis are left out."""
    question, idea = ladder(made(tmp_path, "", STATEMENT, CHINESE))
    assert question.text.en == "What happens here? And why is `a * b * c` so?\nIn the book: 1.2"
    assert question.text.zh == "第一行，第二行，含 `code` 以及 x。\n书中位置：1.2"
    assert idea.text.en == "- One line that goes on.\n- Another line."
    assert idea.text.zh == "知道吗？"


@pytest.mark.parametrize("statement", ["", "# 1.1 One", "No heading at all.", "# A\n\n## What to write\n\nB."])
def test_a_short_statement_gives_fewer_steps(tmp_path, statement):
    """A statement without a question, without an idea or without headings is no error."""
    keys = [step.key for step in ladder(made(tmp_path, "", statement))]
    assert keys == (["question"] if statement == "No heading at all." else [])
