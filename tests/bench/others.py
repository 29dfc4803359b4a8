"""What other graders cost beside this one: `python tests/bench/others.py`; needs the network, so not in `make bench`.

One hand-in, the reference solutions of six exercises, is marked alone by plain pytest, gradescope-utils, check50,
nbgrader and Otter-Grader, each with the same two dozen checks (see `other_checks`) in its own form (see `other_forms`),
and by ``grade ex5`` with its own specs of these exercises. Each of the others is installed below build/others in an
environment of its own, since what one brings may slow down another; they share torch and numpy of constraints.txt.

Before anything is measured, every grader has to give the hand-in full marks, and a wrong one (5.1.2 with its nets
swapped) the marks that plain pytest gives it. Then all are measured in turns, after one round that is not counted, and
after each run the marks are read again.

Prints a table: CPU and wall-clock seconds of all processes (medians, least and most) and the quotient of the medians
with plain pytest's. The figures go to build/others.json, with --readme between the comments ``<!-- others -->`` of
README.md too; the column above them there, and the one in README.zh.md, are written by hand.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from other_checks import CHECKS
from other_forms import (
    Form,
    Place,
    check50_form,
    gradescope_form,
    nbgrader_form,
    otter_form,
    pytest_form,
)
from readme import write_readme
from subset import write_subset
from usage import Meter, Usage

from grader.catalogue import load_assignment
from grader.sandbox.bubblewrap import why_unavailable

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "build" / "others"
REFERENCE = ROOT / "reference" / "ex5"
WRONG = "ex5_1_2_parallel"
SHARED = ("torch", "numpy")
# What runs notebooks: it costs as much as the graders that use it.
BESIDE = ("ipykernel", "nbclient", "nbconvert")


@dataclass(frozen=True)
class Grader:
    """A grader: what is run, its package and version, how its form is written for a hand-in's files, and what it needs
    but does not bring.
    """

    name: str
    package: str
    version: str
    write: Callable[[Place, Path, Mapping[str, str]], Form]
    needs: tuple[str, ...] = ()

    @property
    def packages(self) -> tuple[str, ...]:
        """What is installed for it."""
        return (f"{self.package}=={self.version}", *self.needs)


OTHERS = (
    Grader("plain pytest", "pytest", "9.2.0", pytest_form),
    Grader("gradescope-utils, JSONTestRunner", "gradescope-utils", "0.5.0", gradescope_form),
    Grader("check50 --dev", "check50", "3.5.0", check50_form),
    Grader("nbgrader autograde", "nbgrader", "0.9.6", nbgrader_form),
    Grader("otter run", "otter-grader", "7.0.0", otter_form, ("ipykernel==7.4.0",)),
)


def install() -> None:
    """Install the other graders unless they are there."""
    constraints = ROOT / "constraints.txt"
    wanted = "\n".join([*(" ".join(grader.packages) for grader in OTHERS), constraints.read_text(encoding="utf-8")])
    stamp = HERE / "installed.txt"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(HERE, ignore_errors=True)
    shared = _environment("shared", constraints, SHARED)
    for grader in OTHERS:
        _environment(grader.package, constraints, grader.packages, shared)
    stamp.write_text(wanted, encoding="utf-8")


def _environment(name: str, constraints: Path, packages: Sequence[str], shared: Path | None = None) -> Path:
    """Make a virtual environment, which sees the packages of a shared one too; return where its packages are."""
    print(f"installing {', '.join(packages)}", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(HERE / name)], check=True)
    (site,) = (HERE / name / "lib").glob("python*/site-packages")
    if shared is not None:
        (site / "shared.pth").write_text(f"{shared}\n", encoding="utf-8")
    command = [str(HERE / name / "bin" / "pip"), "install", "-q", "-c", str(constraints), *packages]
    subprocess.run(command, check=True)
    return site


def make_place(grader: Grader, folder: Path) -> Place:
    """Return where a grader runs: with a home of its own, and with the shared checks on the path."""
    if grader is OURS:
        return Place(Path(sys.executable).parent, os.environ)
    programs = HERE / grader.package / "bin"
    library, home = folder / "library", folder / "home"
    library.mkdir(parents=True)
    home.mkdir()
    shutil.copy(Path(__file__).with_name("other_checks.py"), library)
    path = os.pathsep.join([str(programs), os.environ.get("PATH", "")])
    return Place(programs, {**os.environ, "PATH": path, "PYTHONPATH": str(library), "HOME": str(home)})


def grade_form(place: Place, folder: Path, files: Mapping[str, str]) -> Form:
    """Our own specs of these exercises, and of no others."""
    assignment = load_assignment(ROOT / "exercises" / "ex5")
    write_subset(folder / "exercises", assignment, [e.id for e in assignment.exercises if e.name in files])
    work = folder / "work"
    (work / "ex5").mkdir(parents=True)
    for name, source in files.items():
        (work / "ex5" / f"{name}.py").write_text(source, encoding="utf-8")
    result = folder / "result.json"

    def points() -> tuple[float, float]:
        found = json.loads(result.read_text(encoding="utf-8"))
        return found["score"], found["max_score"]

    script = str(place.programs / "grade")
    command = ["env", f"GRADE_EXERCISES={folder / 'exercises'}", script, "ex5", "--json", str(result)]
    return Form(command, work, result, points)


OURS = Grader("grade ex5", "d2l-grader", version("d2l-grader"), grade_form)


@dataclass(frozen=True)
class Entry:
    """A grader where it runs, with its forms of the right hand-in and of the wrong one."""

    grader: Grader
    place: Place
    right: Form
    wrong: Form


def make_entry(grader: Grader, folder: Path) -> Entry:
    """Write what a grader needs into a folder of its own."""
    right = {name: (REFERENCE / name / "solution.py").read_text(encoding="utf-8") for name in CHECKS}
    wrong = {**right, WRONG: (REFERENCE / WRONG / "mistakes" / "order_swapped.py").read_text(encoding="utf-8")}
    place = make_place(grader, folder)
    forms = (grader.write(place, folder / name, files) for name, files in (("right", right), ("wrong", wrong)))
    return Entry(grader, place, *forms)


def mark(entry: Entry, form: Form, meter: Meter) -> tuple[Usage, float, float]:
    """Mark a hand-in; return what that cost, the points given, and the points there are.

    Raises:
        RuntimeError: the grader left no result.
    """
    form.result.unlink(missing_ok=True)  # so that none is read twice
    usage = meter.run(form.command, form.folder, entry.place.environment)
    if not form.result.exists():
        raise RuntimeError(f"{entry.grader.name} ended with {usage.status} and left no {form.result}")
    return usage, *form.points()


def prove(entries: list[Entry], meter: Meter) -> dict[str, Any]:
    """Return the points that each grader gives a right hand-in and a wrong one, and how many there are.

    Raises:
        RuntimeError: a grader does not tell one from the other, or differs from plain pytest.
    """
    found: dict[str, Any] = {}
    for entry in entries:
        name = entry.grader.name
        _, full, most = mark(entry, entry.right, meter)
        _, less, _ = mark(entry, entry.wrong, meter)
        print(f"{name}: {full:g} and {less:g} of {most:g}", file=sys.stderr, flush=True)
        found[name] = {"right": full, "wrong": less, "most": most}
        same = entry.grader is OURS or found[name] == found[OTHERS[0].name]
        if full != most or less >= full or not same:
            raise RuntimeError(f"{name} gave {full:g} and {less:g} of {most:g}, not what is right")
    return found


def measure(entries: list[Entry], runs: int, meter: Meter) -> dict[Grader, list[Usage]]:
    """Mark the right hand-in with every grader in turns, once without counting it."""
    found: dict[Grader, list[Usage]] = {entry.grader: [] for entry in entries}
    for turn in range(runs + 1):
        print("warming up" if turn == 0 else f"round {turn} of {runs}", file=sys.stderr, flush=True)
        for entry in entries:
            usage, full, most = mark(entry, entry.right, meter)
            if full != most:
                raise RuntimeError(f"{entry.grader.name} gave {full:g} of {most:g}")
            if turn:
                found[entry.grader].append(usage)
    return found


def installed(grader: Grader) -> dict[str, str]:
    """Return the versions of all packages that another grader runs with."""
    command = [str(HERE / grader.package / "bin" / "pip"), "list", "--format=json"]
    listed = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {package["name"]: package["version"] for package in listed}


def summary(found: Mapping[Grader, list[Usage]]) -> list[dict[str, Any]]:
    """Return a row of figures for each grader."""
    base = statistics.median(usage.cpu for usage in found[OTHERS[0]])
    rows = []
    for grader, usages in found.items():
        row: dict[str, Any] = {"name": grader.name, "version": grader.version}
        for key in ("cpu", "wall"):
            values = [getattr(usage, key) for usage in usages]
            row[key] = {"median": statistics.median(values), "min": min(values), "max": max(values)}
        rows.append(row | {"ratio": row["cpu"]["median"] / base})
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """Return the figures as a table in Markdown, aligned for a terminal too."""
    lines: list[tuple[str, ...]] = [
        ("one hand-in of six exercises", "version", "CPU s (min-max)", "wall s (min-max)", "CPU ×")
    ]
    for row in rows:
        spans = (f"{row[k]['median']:.2f} ({row[k]['min']:.2f}-{row[k]['max']:.2f})" for k in ("cpu", "wall"))
        lines.append((row["name"], row["version"], *spans, f"{row['ratio']:.2f}"))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def main() -> int:
    """Install, prove, measure, print and write; return 0."""
    parser = argparse.ArgumentParser(description="What other graders cost for one hand-in.")
    parser.add_argument("--runs", type=int, default=7, help="rounds that count (default 7)")
    parser.add_argument("--readme", action="store_true", help="put the table into README.md too")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "others.json", help="where the figures go")
    arguments = parser.parse_args()
    graders = [*OTHERS, OURS] if why_unavailable() is None else list(OTHERS)
    runs = max(1, arguments.runs)
    install()
    versions = {grader.package: installed(grader) for grader in OTHERS}
    with tempfile.TemporaryDirectory(prefix="grade-others-") as name, Meter() as meter:
        entries = [make_entry(grader, Path(name, grader.package)) for grader in graders]
        marks = prove(entries, meter)
        load = os.getloadavg()[0]
        rows = summary(measure(entries, runs, meter))
        whole = meter.group is not None
    beside = ", ".join(f"{name} {versions['otter-grader'][name]}" for name in (*SHARED, *BESIDE))
    told = (
        f"{len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}, {beside}; load {load:.2f} before"
        f" and {os.getloadavg()[0]:.2f} after; medians of {runs} rounds in turns, {time.strftime('%Y-%m-%d')}. × is"
        " the quotient of medians with plain pytest's."
    )
    if not whole:
        told += " No control group could be made here: the figures are WITHOUT what nobody waited for. Run as root."
    if OURS not in graders:
        told += " grade was not measured: there is no bubblewrap here."
    print(f"{table(rows)}\n\n{told}")
    if arguments.readme:
        write_readme("others", f"{table(rows)}\n\n{told}")
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    outcome = {"date": time.strftime("%Y-%m-%d"), "versions": versions, "note": told, "marks": marks, "graders": rows}
    arguments.out.write_text(json.dumps(outcome, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
