"""Imports in grader/ run downward only, and nothing heavy is imported before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from support import ROOT

PACKAGE = ROOT / "grader"
# From the bottom to the top. A module may import from its own layer and from those below it.
LAYERS = [
    {
        "grader",
        "grader.results",
        "grader.translation",
        "grader.class_result",
        "grader.stored",
        "grader.errors",
        "grader.language",
        "grader.writing",
    },
    {"grader.spec", "grader.seeding", "grader.sandbox.inside", "grader.limits", "grader.file_names"},
    {"grader.catalogue", "grader.notebooks", "grader.submission", "grader.handins", "grader.template"}
    | {"grader.hints", "grader.state"},
    {"grader.sandbox"},
    {"grader.judge"},
    {"grader.reports"},
    {"grader.verify", "grader.batch"},
    {"grader.commands"},
    {"grader.cli"},
]
HEAVY = {"torch", "numpy", "pytest", "_pytest", "rich", "jinja2", "cloudpickle", "hatchling", "markupsafe", "nbformat"}


def modules() -> dict[str, Path]:
    """Return every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "exercises" in parts or "student_template" in parts:
            continue
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def layer_of(name: str) -> int:
    """Return the number of the layer to which a module belongs: that of the longest name that covers it."""
    covers = [
        (len(part), number)
        for number, layer in enumerate(LAYERS)
        for part in layer
        if name == part or (part != "grader" and name.startswith(part + "."))
    ]
    assert covers, f"{name} belongs to no layer; give it one in this test and in the documentation"
    return max(covers)[1]


def imports(path: Path, lazy: bool = True) -> Iterator[str]:
    """Return the modules that a file imports; without `lazy`, those alone that importing the file imports."""
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            assert node.module
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else node.module
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test) and not lazy:
            continue
        inner = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        if lazy or not inner:
            waiting += ast.iter_child_nodes(node)


@pytest.mark.parametrize("name", MODULES)
def test_imports_run_downward(name):
    """A module imports from its own layer and from those below it, also within its functions."""
    for other in imports(MODULES[name]):
        if other == "grader" or other.startswith("grader."):
            assert layer_of(other) <= layer_of(name), f"{name} imports {other}"


def package_of(name: str) -> str:
    """Return the package, or the module beside the packages, to which a module belongs."""
    inside = name.startswith("grader.sandbox.inside")
    return "grader.sandbox.inside" if inside else ".".join(name.split(".")[:2])


def test_no_two_packages_need_each_other():
    """Also within a layer, packages can be put into an order in which each imports from earlier ones alone."""
    needed: dict[str, set[str]] = {}
    for name, path in MODULES.items():
        own = package_of(name)
        needed.setdefault(own, set()).update({package_of(other) for other in imports(path) if other in MODULES} - {own})
    assert len(list(TopologicalSorter(needed).static_order())) == len(needed) > 20


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("grader.sandbox.inside")])
def test_the_inside_needs_nothing_of_ours(name):
    """What runs in the sandbox imports the standard library, torch, msgpack and itself."""
    for other in imports(MODULES[name]):
        top = other.partition(".")[0]
        if top == "grader":
            assert other.startswith("grader.sandbox.inside"), other
        else:
            assert top in sys.stdlib_module_names | {"torch", "msgpack"}, other


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("grader.reports")])
def test_reports_know_results_only(name):
    """Reports are made of results; they import nothing else of ours and no torch."""
    for other in imports(MODULES[name]):
        top = other.partition(".")[0]
        assert top not in ("torch", "pytest", "numpy"), other
        if top == "grader":
            known = ("grader", "grader.results", "grader.class_result", "grader.translation")
            assert other in known or other.startswith("grader.reports"), other


@pytest.mark.parametrize(
    ("name", "own"),
    [("grader.results", set()), ("grader.errors", {"grader.results"})] + [("grader.translation", {"grader.results"})],
)
def test_the_lowest_layer_needs_nothing(name, own):
    """Results, and the errors and texts that are made of them, import the standard library alone."""
    assert {other for other in imports(MODULES[name]) if other.partition(".")[0] not in sys.stdlib_module_names} == own


def test_the_judge_never_unpickles():
    """Nothing outside the sandbox's inside imports a module that could run what a submission sent."""
    for name, path in MODULES.items():
        if name.startswith(("grader.sandbox.inside", "grader.verify")):
            continue
        assert not {"pickle", "dill", "shelve", "joblib"} & {other.partition(".")[0] for other in imports(path)}, name
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        called = {ast.unparse(node.func) for node in calls}
        assert not called & {"torch.load", "pickle.loads", "cloudpickle.loads", "marshal.loads", "eval", "exec"}, name


def closure(name: str) -> set[str]:
    """Return what importing a module imports, followed through our own modules."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for other in imports(MODULES[waiting.pop()], lazy=False):
            if other not in found:
                found.add(other)
                if other in MODULES:
                    waiting.append(other)
    return found


def test_the_command_imports_nothing_heavy():
    """`grade --help` needs click and nothing slow, by what the sources say."""
    assert not HEAVY & {other.partition(".")[0] for other in closure("grader.cli")}


def test_the_sandboxes_import_nothing_heavy():
    """Starting a sandbox, which comes before anything slow, needs no torch and no pytest."""
    for name in ("grader.sandbox.bubblewrap", "grader.sandbox.plain", "grader.commands.sandboxes"):
        assert not {"torch", "numpy", "pytest"} & {other.partition(".")[0] for other in closure(name)}, name


def test_help_imports_nothing_heavy():
    """`grade --help` needs click and nothing slow, by what is loaded once it has been printed."""
    code = (
        "import sys\n"
        "from grader.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Usage" in done.stdout
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", list(MODULES))
def test_modules_are_small(name):
    """No module has more than 400 lines."""
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= 400


def test_every_module_says_what_it_is():
    """Each module begins with a docstring."""
    assert [name for name, path in MODULES.items() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []
