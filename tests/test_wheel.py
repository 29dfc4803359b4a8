"""What is built for others holds what they need, and nothing of the solutions."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from support import ROOT


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> dict[str, set[str]]:
    """The names of all files in the wheel and in the source distribution."""
    pytest.importorskip("hatchling", reason="building needs hatchling")
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", folder], cwd=ROOT, check=True, capture_output=True
    )
    (wheel,) = folder.glob("*.whl")
    (source,) = folder.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        # The first folder of a source distribution is its own name.
        names = {Path(member.name).relative_to(Path(member.name).parts[0]).as_posix() for member in archive}
    return {"wheel": set(zipfile.ZipFile(wheel).namelist()), "source": names}


def tracked(folder: str) -> set[str]:
    """Return the files of a folder of the project, without what Python leaves there."""
    files = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.as_posix() for path in files if not {"__pycache__", ".ruff_cache", ".pytest_cache"} & set(path.parts)}


def test_the_wheel_has_the_package(built):
    """Every module, template and data file of grader/ is in the wheel, and the command."""
    assert tracked("grader") <= built["wheel"]
    (entry,) = [name for name in built["wheel"] if name.endswith("entry_points.txt")]
    assert entry


@pytest.mark.parametrize("folder", ["exercises", "student_template"])
def test_the_wheel_has_exercises_and_template(built, folder):
    """Statements, specs, known mistakes and the students' template are in the package, where it looks for them."""
    assert {f"grader/{name}" for name in tracked(folder)} <= built["wheel"]
    assert any(name.startswith(f"grader/{folder}/") for name in built["wheel"])


@pytest.mark.parametrize("kind", ["wheel", "source"])
def test_no_solution_is_in_it(built, kind):
    """No solution, no mistake or variant in code, and nothing of reference/ is in what is built."""
    for name in built[kind]:
        parts = Path(name).parts
        assert "reference" not in parts, name
        assert parts[-1] != "solution.py", name
        assert not {"mistakes", "variants"} & set(parts), name


@pytest.mark.parametrize("kind", ["wheel", "source"])
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
