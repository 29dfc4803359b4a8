"""`grade doctor` says what works and what does not, whatever is broken, and nothing of whose machine it is."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from in_process import grade_here
from support import ROOT, SAMPLES, TINY, grade, need_bubblewrap

from grader.commands import examination

Done = subprocess.CompletedProcess[str]

LABELS = [
    "grader", "Python", "system", "packages", "torch", "judge", "reports", "CUDA", "sandbox", "trial", "exercises",
    "template", "your work", "temporary files", "cache", "console", "language", "environment",
]  # fmt: skip


def imported(*names: str) -> dict[str, dict[str, Any]]:
    """Return what the doctor learns when another process imports some modules, of those in this one."""
    modules = {name: importlib.import_module(name) for name in names}
    facts = {
        name: {"file": str(module.__file__), "version": str(getattr(module, "__version__", ""))}
        for name, module in modules.items()
    }
    return {**facts, "cuda": {"built": "", "devices": []}}


def quick(*arguments: str | Path, **options: Any) -> Done:
    """Do what `support.grade` does for a doctor who finds torch imported, and a plain process for code started."""
    with patch.object(examination, "_import", imported), patch("grader.sandbox.plain.Plain"):
        return grade_here(*arguments, **options)


def doctor(
    *arguments: str | Path, run: Callable[..., Done] = grade, status: int = 0, **environment: str
) -> dict[str, list[str]]:
    """Return the lines of `grade doctor` by their labels, each with its mark in front, after a look at its form."""
    env = {"GRADE_EXERCISES": str(TINY.parent), "GRADE_DEBUG": "1", **environment}
    done = run("doctor", *arguments, env=env)
    assert done.stderr == ""
    *lines, last = done.stdout.splitlines()
    found: dict[str, list[str]] = {}
    for line in lines:
        mark, label, told = re.fullmatch(r"(ok|--|!!)  (.{16,17}?) ?(\S.*)", line).groups()
        found.setdefault(label.strip(), []).append(f"{mark} {told}")
    assert done.returncode == status, done.stdout
    broken = any(told.startswith("!!") for each in found.values() for told in each)
    assert broken == (status == 3)
    assert last == (
        "Marking cannot work here. See the lines with !! above." if broken else "Marking can work here."
    )  # fmt: skip
    return found


@pytest.fixture
def shadow(tmp_path):
    """A function that puts a module in front of all others, and returns the PYTHONPATH for it."""

    def put(name: str, code: str) -> str:
        folder = tmp_path / "shadow"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.py").write_text(code)
        return f"{folder}:{ROOT}"

    return put


def test_all_is_well(tmp_path):
    """Where everything works, every part has its line, with versions and places."""
    need_bubblewrap()
    shutil.copytree(SAMPLES / "honest", tmp_path / "work")
    found = doctor("--submission", tmp_path / "work")
    assert list(found) == LABELS
    assert found["Python"][0].startswith("ok " + ".".join(map(str, sys.version_info[:3])))
    assert re.match(r"ok \d+\.\d+", found["torch"][0])
    assert "pytest-json-report" in found["packages"][0]
    assert re.match(r"ok bubblewrap \S+ works, ", found["sandbox"][0])
    assert found["trial"] == ["ok a process for your code starts"]
    assert found["exercises"][0].startswith("ok tiny: 1, ")
    assert found["your work"][0].startswith("ok tiny: 1 / 1, ")
    assert found["language"][0].startswith("ok en (GRADE_LANG")


def test_in_chinese():
    """With Chinese chosen labels and explanations are Chinese, aligned by their width."""
    done = quick("doctor", "--lang", "zh", env={"GRADE_EXERCISES": str(TINY.parent), "PATH": "/nowhere"})
    assert done.returncode == 0
    assert "--  沙箱             没有沙箱，评分时不隔离：" in done.stdout
    assert done.stdout.endswith("可以在这里评分。\n")


def test_without_a_sandbox_marking_works():
    """No bubblewrap is said with its reason, and is no failure."""
    with patch.object(examination, "_import", imported):
        found = doctor(PATH="/nowhere", run=grade_here)
    assert found["sandbox"][0].startswith("-- none, marking goes without isolation: bubblewrap is not installed")
    assert found["trial"] == ["ok a process for your code starts"]


def test_without_what_windows_lacks():
    """Nothing of Unix is needed, and a console that knows only GBK shows it."""
    path = f"{SAMPLES / 'no_posix'}:{ROOT}"
    found = doctor(PYTHONPATH=path, PATH="/nowhere", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert found["console"][0].startswith("ok gbk, ")


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("raise ImportError('libcudart.so.12: no such file')", "ImportError: libcudart.so.12: no such file"),
        ("raise OSError('[WinError 126] c10.dll')", "OSError: [WinError 126] c10.dll"),
        ("import sys; sys.exit(4)", "SystemExit: 4"),
        ("import os; os.abort()", "its process ended (-6)"),
        ("print('x', flush=True); import os; os._exit(3)", "its process ended (3)"),
        ("import no_such_library", "ModuleNotFoundError: No module named 'no_such_library'"),
    ],
)
def test_a_torch_that_cannot_be_imported(shadow, code, word):
    """However an import of torch fails, or ends its process, that is said in a line, and so is all the rest."""
    found = doctor(status=3, PYTHONPATH=shadow("torch", code))
    assert found["torch"][0].startswith("!! cannot be imported: ")
    assert word in found["torch"][0]
    assert [label for label in LABELS if label not in found] == ["trial"]


def test_other_libraries_that_cannot_be_imported(shadow):
    """A broken pytest or Rich keeps marking from working, and does not keep the doctor from saying so."""
    shadow("rich", "raise ImportError('no rich')")
    found = doctor(status=3, PYTHONPATH=shadow("pytest", "raise ImportError('no pytest')"), PATH="/nowhere")
    assert "ImportError: no pytest" in found["judge"][0]
    assert "ImportError: no rich" in found["reports"][0]
    assert found["torch"][0].startswith("ok ")


def test_packages_that_are_missing_or_old(monkeypatch):
    """A package that is not installed, or is older than it may be, is named."""
    wanted = ["pytest>=8.3", "no-such-package>=1", "click>=999.1", "numpy ; extra == 'dev'", "rich", "jinja2<9,>=3.1"]
    monkeypatch.setattr(examination.importlib.metadata, "requires", lambda name: wanted)
    first, *wrong = examination._packages()
    assert first.works
    assert [name for name in ("pytest", "click", "rich", "jinja2") if f"{name} " not in first.told.en] == []
    assert "numpy" not in first.told.en
    assert [(finding.told.en, finding.works) for finding in wrong] == [
        ("no-such-package is not installed", False),
        ("click is older than 999.1", False),
    ]


def test_exercises_that_are_missing_or_broken(tmp_path):
    """No exercises, a broken assignment and a broken spec are named, and marking cannot work."""
    root = tmp_path / "exercises"
    root.mkdir()
    where = {"run": quick, "status": 3, "GRADE_EXERCISES": str(root), "PATH": "/nowhere"}
    assert "no assignment in" in doctor(**where)["exercises"][0]
    shutil.copytree(TINY, root / "tiny")
    spec = root / "tiny" / "tiny_1_double" / "spec.py"
    spec.write_text("def test_a(:\n")
    found = doctor(**where)
    assert found["exercises"][0].startswith("!! tiny is broken: ") and "spec.py" in found["exercises"][0]
    (root / "tiny" / "assignment.toml").write_text("title = ")
    found = doctor(**where)
    assert "assignment.toml" in found["exercises"][0]
    assert found["your work"][0].startswith("-- tiny: ")


def test_folders_that_cannot_be_written(tmp_path):
    """A cache that cannot be used is said and does no harm."""
    (tmp_path / "taken").write_text("")
    found = doctor(run=quick, PATH="/nowhere", XDG_CACHE_HOME=str(tmp_path / "taken"))
    assert found["cache"][0].startswith("-- ") and "cannot be written" in found["cache"][0]


def test_nobody_is_named(tmp_path):
    """Neither the home folder nor the user's name in other paths is in what people paste into a report."""
    home = tmp_path / "annabella"
    course = home / "course"
    shutil.copytree(TINY, course / "exercises" / "tiny")
    work = tmp_path / "mnt" / "annabella" / "work"
    shutil.copytree(SAMPLES / "honest", work)
    env = {"HOME": str(home), "USER": "annabella", "GRADE_EXERCISES": str(course / "exercises"), "PATH": "/nowhere"}
    done = quick("doctor", "--submission", work, env=env)
    assert done.returncode == 0
    assert "annabella" not in done.stdout
    assert "ok  exercises        tiny: 1, ~/course/exercises/tiny\n" in done.stdout
    assert "/mnt/USER/work" in done.stdout


def test_one_fault_does_not_hide_another(monkeypatch):
    """A look that fails by itself becomes a line, and the others follow."""

    def fail() -> None:
        raise PermissionError("not for you")

    monkeypatch.setattr(examination, "_import", lambda *names: {})
    monkeypatch.setattr(examination, "_python", fail)
    monkeypatch.setattr(examination, "_console", fail)
    monkeypatch.setattr(examination, "_exercises", fail)
    found = list(examination.examine(Path("nowhere")))
    told = {finding.label.en: finding for finding in found}
    assert told["Python"].told.en == "cannot be looked at: PermissionError: not for you"
    assert (told["Python"].works, told["exercises"].works, told["torch"].works) == (None, False, False)
    assert found[-1].label.en == "console"


@pytest.mark.parametrize(
    ("fact", "told", "works"),
    [
        ({"built": "12.8", "devices": ["NVIDIA H100", "NVIDIA T4"]}, "12.8: NVIDIA H100, NVIDIA T4", True),
        ({"built": "12.8", "devices": []}, "12.8, but no device", None),
        ({"built": "", "devices": []}, "torch is built for the CPU alone", None),
        ({"error": "RuntimeError: driver too old"}, "not usable: RuntimeError: driver too old", None),
    ],
)
def test_what_is_said_of_cuda(fact, told, works):
    """Devices are named; without any, marking works all the same, and why there is none is said."""
    [finding] = examination._cuda(fact)
    assert (finding.told.en, finding.works) == (told, works)
