"""What is built for others holds what they need, works where they install it, and has nothing of the solutions."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT, need_bubblewrap

from grader.catalogue import load_assignment

KINDS = ["wheel", "source"]
LEFT_BY_TOOLS = {"__pycache__", ".ruff_cache", ".pytest_cache", ".mypy_cache", ".ipynb_checkpoints", ".venv"}
# The classes that stubs give to students; solutions have them too.
GIVEN = {"NestMLP", "MLP"}
# Several commands in a process, which imports torch once; it prints how each ended.
COMMANDS = """
import json, sys
from grader.cli import main
ends = []
for words in sys.argv[1:]:
    try:
        main(words.split())
    except SystemExit as end:
        ends.append(end.code)
print(json.dumps(ends))
"""
# Shorter pieces of code are everybody's.
LEAST_NODES, LEAST_CHARS = 12, 30


@pytest.fixture(scope="module")
def dist(tmp_path_factory) -> Path:
    """A folder with the wheel and the source distribution."""
    pytest.importorskip("hatchling", reason="building needs hatchling")
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", folder], cwd=ROOT, check=True, capture_output=True
    )
    return folder


@pytest.fixture(scope="module")
def contents(dist) -> dict[str, dict[str, bytes]]:
    """All files in the wheel and in the source distribution: their bytes by their names."""
    (wheel,) = dist.glob("*.whl")
    (source,) = dist.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(source) as archive:
        # The first folder of a source distribution is its own name.
        in_source = {
            Path(member.name).relative_to(Path(member.name).parts[0]).as_posix(): file.read()
            for member in archive
            if (file := archive.extractfile(member)) is not None
        }
    return {"wheel": in_wheel, "source": in_source}


@pytest.fixture(scope="module")
def built(contents) -> dict[str, set[str]]:
    """The names of all files in the wheel and in the source distribution."""
    return {kind: set(files) for kind, files in contents.items()}


def tracked(folder: str) -> set[str]:
    """Return the files of a folder of the project, without what tools leave there."""
    files = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in files if not LEFT_BY_TOOLS & set(path.parts)}


def test_the_wheel_has_the_package(built):
    """Every module, template, catalogue and data file of grader/ is in the wheel, and the command."""
    assert tracked("grader") <= built["wheel"]
    assert "grader/locales/zh/LC_MESSAGES/grader.mo" in built["wheel"] & built["source"]
    (entry,) = [name for name in built["wheel"] if name.endswith("entry_points.txt")]
    assert entry


@pytest.mark.parametrize("folder", ["exercises", "student_template"])
def test_the_wheel_has_exercises_and_template(built, folder):
    """Statements, specs, known mistakes and the students' template are in the package, where it looks for them."""
    assert {f"grader/{name}" for name in tracked(folder)} <= built["wheel"]
    assert any(name.startswith(f"grader/{folder}/") for name in built["wheel"])


@pytest.mark.parametrize(("kind", "top"), [("wheel", "grader/student_template/"), ("source", "student_template/")])
def test_the_template_is_whole(built, kind, top):
    """The template in what is built is that of the checkout, its hidden files too, and nothing more."""
    found = {name.removeprefix(top) for name in built[kind] if name.startswith(top)}
    assert found == {name.removeprefix("student_template/") for name in tracked("student_template")}
    assert {".gitignore", ".github/workflows/grade.yml", ".devcontainer/devcontainer.json", "requirements.txt"} <= found


@pytest.mark.parametrize("kind", KINDS)
def test_no_solution_is_in_it(built, kind):
    """No solution, no mistake or variant in code, and nothing of reference/ is in what is built."""
    for name in built[kind]:
        parts = Path(name).parts
        assert "reference" not in parts, name
        assert parts[-1] != "solution.py", name
        assert not {"mistakes", "variants"} & set(parts), name


def definitions(source: bytes, among: set[str] | None = None) -> Iterator[str]:
    """Return the bodies of all functions and classes in a source, without docstrings, comments and layout.

    With `among`, only those of the classes named there and of what is in them.
    """
    try:
        tree: ast.AST = ast.parse(source)
    except SyntaxError:
        return
    whole = [tree] if among is None else [node for node in ast.walk(tree) if getattr(node, "name", "") in among]
    for node in (inner for part in whole for inner in ast.walk(part)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
            if sum(len(list(ast.walk(part))) for part in body) >= LEAST_NODES:
                yield ";".join(ast.dump(part) for part in body)


def code_lines(source: bytes) -> set[str]:
    """Return the longer lines of a text, without indentation, comments and imports."""
    lines = {line.strip() for line in source.decode("utf-8", errors="replace").splitlines()}
    return {line for line in lines if len(line) > LEAST_CHARS and not line.startswith(("#", '"', "from ", "import "))}


@pytest.fixture(scope="module")
def reference() -> tuple[list[bytes], set[str], set[str]]:
    """What nobody must see: whole files, bodies of functions and classes, and lines."""
    secret = [path.read_bytes() for path in (ROOT / "reference").rglob("*.py")]
    given = [path.read_bytes() for path in (ROOT / "student_template").rglob("*.py")]
    assert len(secret) > 100
    bodies = {body for source in secret for body in definitions(source)}
    bodies -= {body for source in given for body in definitions(source, GIVEN)}
    lines = set().union(*map(code_lines, secret)) - set().union(*map(code_lines, given))
    assert min(len(bodies), len(lines)) > 100
    return secret, bodies, lines


@pytest.mark.parametrize("kind", KINDS)
def test_no_code_of_the_reference_is_in_it(contents, reference, kind):
    """No function or class of a solution, variant or mistake is in any file, under whatever name it is there."""
    secret, bodies, lines = reference
    for name, data in contents[kind].items():
        assert data not in secret, name
        if name.endswith(".py"):
            assert bodies.isdisjoint(definitions(data)), name
        else:
            assert lines.isdisjoint(code_lines(data)), name


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_private_is_in_it(built, kind):
    """No tests, no hidden files of the repository, no caches and no virtual environment are in what is built."""
    tops = {Path(name).parts[0] for name in built[kind] if name != "."}
    if kind == "wheel":
        assert {top for top in tops if not top.endswith(".dist-info")} == {"grader"}
    else:
        allowed = "grader exercises student_template hatch_build.py README.md LICENSE CHANGELOG.md PKG-INFO".split()
        assert tops <= {*allowed, "pyproject.toml", ".gitignore"}
    assert not [name for name in built[kind] if "__pycache__" in name or "hidden.py" in name or "/." in name[1:-1] and
                not name.startswith(("student_template/.", "grader/student_template/."))]  # fmt: skip


def test_the_source_can_be_built_again(built):
    """The source distribution has what a wheel is made of."""
    assert {"pyproject.toml", "hatch_build.py", "README.md", "LICENSE"} <= built["source"]
    assert tracked("grader") | tracked("exercises") | tracked("student_template") <= built["source"]


@pytest.fixture(scope="module")
def installed(dist, tmp_path_factory) -> Path:
    """The programs' folder of a new virtual environment in which the wheel is installed.

    What the wheel needs from others, torch above all, is borrowed from the environment of the tests.
    """
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", programs / "python", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", *dist.glob("*.whl")], check=True)
    ask = [programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip())
    borrowed = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (packages / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return programs


def test_the_wheel_works_where_it_is_installed(installed, tmp_path):
    """Outside the checkout, grade new makes a copy in which grade ex5 marks every stub, and an answer passes."""
    need_bubblewrap()

    def untouched(assignment: str) -> list[str]:
        return ["not_attempted"] * len(load_assignment(ROOT / "exercises" / assignment).exercises)

    def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [installed / command[0], *command[1:]],
            cwd=cwd,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=200,
        )

    where = run("python", "-c", "import grader; print(grader.__file__)", cwd=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)
    assert run("grade", "--lang", "zh", "--help", cwd=tmp_path).stdout.startswith("用法：")
    made = run("grade", "new", "hw", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    marked = run("grade", "ex5", "--json", "result.json", cwd=tmp_path / "hw")
    assert marked.returncode == 1, marked.stderr
    result = json.loads((tmp_path / "hw" / "result.json").read_text(encoding="utf-8"))
    assert result["sandbox"] == "bubblewrap"
    assert [exercise["status"] for exercise in result["exercises"]] == untouched("ex5")
    answer = (ROOT / "reference" / "ex5" / "ex5_1_2_parallel" / "solution.py").read_bytes()
    (tmp_path / "hw" / "ex5" / "ex5_1_2_parallel.py").write_bytes(answer)
    more = run("python", "-c", COMMANDS, "ex5.1.2", "ex5_warmup --json warmup.json", cwd=tmp_path / "hw")
    assert more.returncode == 0, more.stderr
    assert json.loads(more.stdout.splitlines()[-1]) == [0, 1], more.stdout + more.stderr
    result = json.loads((tmp_path / "hw" / "warmup.json").read_text(encoding="utf-8"))
    assert [exercise["status"] for exercise in result["exercises"]] == untouched("ex5_warmup")
