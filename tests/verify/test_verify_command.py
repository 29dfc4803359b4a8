"""`grade verify` as an author runs it, on a tiny assignment: once clean, once with a fault of every kind."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from in_process import grade_here
from support import TINY, grade, need_bubblewrap

from grader.sandbox.bubblewrap import Bubblewrap

NAME = "tiny_1_double"
SOLUTION = """
import torch


def double(x: torch.Tensor) -> torch.Tensor:
    return 2 * x


def greet(name: str) -> str:
    return f"hello {name}"
"""
STUB = """
import torch


def double(x: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def greet(name: str) -> str:
    raise NotImplementedError
"""
TRIPLE = SOLUTION.replace("2 * x", "3 * x")
SHOUT = SOLUTION.replace("hello", "HELLO")
CHECKS = "".join(f'[{check}]\ntitle = "标题"\n' for check in ("test_double", "test_greeting", "test_sum"))
TOLD = 'en = {happened = "a", matters = "b", try = "c"}\nzh = {happened = "甲", matters = "乙", try = "丙"}\n'
MISTAKES = f"""
[triple]
fails = ["test_double", "test_sum"]
{TOLD}
[shout]
fails = ["test_greeting"]
{TOLD}
"""
EQUIVALENT = """
[[mutant]]
operator = "detach"
before = "return 2 * x"
after = "return (2 * x).detach()"
reason = "nothing says that double passes gradients on"

[[mutant]]
operator = "detach"
before = "return 2 * x"
after = "return 2 * x.detach()"
reason = "nor that it does so here"
"""


class Tree:
    """A course of one assignment with one exercise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exercise = folder / "exercises" / "tiny" / NAME
        self.reference = folder / "reference" / "tiny" / NAME
        shutil.copytree(TINY, folder / "exercises" / "tiny")
        self.write(self.exercise / "statement.en.md", "Double it.")
        self.write(self.exercise / "statement.zh.md", "加倍。")
        self.write(self.exercise / "checks.zh.toml", CHECKS)
        self.write(self.exercise / "mistakes.toml", MISTAKES)
        self.write(self.reference / "solution.py", SOLUTION)
        self.write(self.reference / "mistakes" / "triple.py", TRIPLE)
        self.write(self.reference / "mistakes" / "shout.py", SHOUT)
        self.write(self.reference / "variants" / "sum.py", SOLUTION.replace("2 * x", "x + x"))
        self.write(self.reference / "equivalent.toml", EQUIVALENT)
        self.write(folder / "student_template" / "tiny" / f"{NAME}.py", STUB)

    def write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def verify(self, *arguments, run=grade_here):
        env = {"GRADE_EXERCISES": str(self.folder / "exercises"), "COLUMNS": "80"}
        return run("verify", *arguments, env=env, cwd=self.folder)


@pytest.fixture(scope="module")
def shared() -> Iterator[None]:
    """One sandbox for all commands that run in this process."""
    need_bubblewrap()
    box = Bubblewrap(full=False)
    with patch("grader.commands.verify.open_sandbox", return_value=(box, ())), patch.object(box, "close"):
        yield
    box.close()


@pytest.fixture
def tree(tmp_path, shared):
    """The files of a course."""
    return Tree(tmp_path)


def test_clean_exercise_is_clean(tree, tmp_path):
    """An exercise without a fault gives status 0, a matrix, the share of mutants, and a page that needs nothing."""
    done = tree.verify("--html", tmp_path / "page.html", "--seeds", "2", run=grade)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing is wrong." in done.stdout
    assert "solution, stub, 1 variant, 2 mistakes; 2 seeds" in done.stdout
    assert "triple ✗ · ✗" in done.stdout
    assert "shout  · ✗ ·" in done.stdout
    assert "mutants killed (100.0%); 2 more listed as equivalent" in done.stdout
    assert "1/1 1.1 tiny_1_double: 5 cases" in done.stderr
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "\x1b" not in done.stdout + done.stderr
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert 'src="' not in page
    assert "nothing says that double passes gradients on" in page


def test_without_a_target_every_assignment_is_proved(tree, tmp_path):
    """All assignments are proved one after the other, each with its own solutions, and are on one page."""
    for folder in ("exercises", "reference", "student_template"):
        shutil.copytree(tree.folder / folder / "tiny", tree.folder / folder / "tiny_more")
    toml = tree.folder / "exercises" / "tiny_more" / "assignment.toml"
    tree.write(toml, toml.read_text(encoding="utf-8").replace("Tiny", "More"))
    tree.write(tree.folder / "reference" / "tiny_more" / NAME / "solution.py", TRIPLE)
    done = tree.verify("--no-mutants", "--seeds", "1", "--html", tmp_path / "page.html")
    assert done.returncode == 1, done.stdout + done.stderr
    first, second = [line for line in done.stderr.splitlines() if NAME in line]
    assert first.startswith(f"1/2 1.1 {NAME}: 5 cases, 0 findings")
    assert second.startswith(f"2/2 1.1 {NAME}: 5 cases") and "0 findings" not in second
    assert (tmp_path / "page.html").read_text(encoding="utf-8").count(f'<span class="file">{NAME}</span>') == 2
    wrong = tree.verify("--reference", tree.folder / "reference" / "tiny")
    assert wrong.returncode == 2
    assert "one of: tiny, tiny_more" in wrong.stderr


def test_every_fault_is_named(tree, tmp_path):
    """Faults planted in the files of an exercise are each named, and the status is 1."""
    tree.write(tree.exercise / "checks.zh.toml", CHECKS.replace("[test_sum]", "[test_some]"))
    tree.write(tree.exercise / "mistakes.toml", MISTAKES.replace('["test_double", "test_sum"]', '["test_double"]'))
    (tree.exercise / "statement.zh.md").unlink()
    tree.write(tree.reference / "solution.py", SOLUTION.replace("double(x: torch.Tensor)", "double(x, factor=2)"))
    tree.write(tree.reference / "mistakes" / "shout.py", SOLUTION)
    tree.write(tree.reference / "mistakes" / "new.py", TRIPLE)
    tree.write(tree.reference / "variants" / "sum.py", SOLUTION.replace("2 * x", "x + x + 1"))
    by_name = 'return f"hello {name}" if int(name[-1]) % 2 else "hi"'
    tree.write(tree.reference / "variants" / "moody.py", SOLUTION.replace('return f"hello {name}"', by_name))
    tree.write(tree.folder / "student_template" / "tiny" / f"{NAME}.py", STUB + '    \n\ngreet = "hello {}".format\n')
    tree.write(tree.reference / "equivalent.toml", EQUIVALENT.replace("2 * x", "4 * x"))
    done = tree.verify("--html", tmp_path / "page.html")
    assert done.returncode == 1, done.stdout + done.stderr
    shown = " ".join(done.stdout.split())
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    for fault in (
        "mistake/shout gets full marks",
        "mistake/triple also fails test_sum",
        "mistake/triple is diagnosed as nothing",
        "mistake/new is not in mistakes.toml; it fails test_double, test_sum",
        "no mistake fails test_greeting: it is not proven able to fail",
        "the untouched stub passes test_greeting",
        "variant/sum is right but loses points: test_double",
        "variant/moody: test_greeting is",
        "test_sum has no title in zh",
        "checks.zh.toml: [test_some] is no check",
        "statement.zh.md is missing",
        "double(x: torch.Tensor) -> torch.Tensor in the stub is double(x, factor=2) -> torch.Tensor in the solution",
        "equivalent.toml: no mutant is detach: 'return 4 * x' -> 'return (4 * x).detach()' any more",
        "mutants are killed, fewer than 95%",
    ):
        assert fault in shown, f"{fault} is not in {done.stdout}"
        assert fault.split(":")[0].split(" -")[0] in page
    assert "+ return (2 * x).detach()" in shown


def test_mutants_can_be_left_out(tree):
    """With --no-mutants and one exercise as the target, only the cases are marked."""
    done = tree.verify("tiny_1_double", "--no-mutants", "--seeds", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "mutants" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["tiny9"], "There is no exercise tiny9"),
        (["--reference", "nowhere"], "There is no folder nowhere"),
        (["--stubs", "nowhere"], "There is no folder nowhere"),
        (["--html", "nowhere/page.html"], "does not exist"),
        (["--seeds", "0"], "--seeds"),
    ],
)
def test_wrong_usage_gives_status_two(tree, arguments, expected):
    """What cannot be meant is refused in one line, before anything slow."""
    done = tree.verify(*arguments)
    assert done.returncode == 2
    assert expected in done.stderr


def test_name_that_another_exercise_asks_for_is_a_finding(tree):
    """A second exercise whose stub asks for the same name is named with its number; one that is no Python is not."""
    toml = tree.exercise.parent / "assignment.toml"
    text = toml.read_text(encoding="utf-8")
    for name, number, stub in (("tiny_2_again", "1.2", STUB.replace("greet", "greet_all")), ("tiny_3", "1.3", "def (")):
        shutil.copytree(tree.exercise, tree.exercise.parent / name)
        tree.write(tree.folder / "student_template" / "tiny" / f"{name}.py", stub)
        text += f'\n[[exercises]]\nname = "{name}"\nid = "{number}"\npoints = 1\ntitle = {{ en = "A", zh = "题" }}\n'
    tree.write(toml, text)
    done = tree.verify("tiny.1.1", "--no-mutants", "--seeds", "1")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "✗ `double` is also asked for by 1.2" in done.stdout
    assert done.stdout.rstrip().endswith("1 finding")


def test_missing_solution_is_a_finding(tree):
    """An exercise without a solution is named, and is no error of the grader."""
    (tree.reference / "solution.py").unlink()
    done = tree.verify("--seeds", "1")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "an exercise needs it" in " ".join(done.stdout.split())
