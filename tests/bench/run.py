"""What `grade` costs beside what nobody can avoid: `make bench`, or `python tests/bench/run.py --runs 5`.

Every command is measured next to its yardstick on the same machine, in turns (A B C ... A B C ...), after one round
that is not counted, so that whatever else the machine does hits all of them alike. Yardsticks:

- ``python -c pass``, for `grade --help`;
- ``python -c "import torch"``, for one exercise;
- a *cold process*: one that imports torch and does its first optimiser step, which is the part of marking several
  exercises that cannot be avoided.

Measured against them, on the reference solutions copied into a folder of their own: `grade --help`, `grade ex5.1.2`,
`grade ex5` on the six exercises that the project began with (an exercises folder of those alone, which
GRADE_EXERCISES names) and on all of them; the last three with --no-sandbox too. 5.5.3 is part of ``all`` with its
reference solution.

For each: wall-clock and CPU seconds (median, least and most) of all its processes, the memory of the largest one, and
the quotients of the medians. Targets stand beside; nothing is asserted. The figures also go to build/bench.json, with
--readme into README.md too.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readme import write_readme
from subset import write_subset
from usage import Meter, Usage

from grader.catalogue import Exercise, load_assignment
from grader.sandbox.bubblewrap import why_unavailable

ROOT = Path(__file__).resolve().parents[2]
SIX = ("5.1.1", "5.1.2", "5.2.3", "5.3.2", "5.4.2", "5.6.2")
COLD = """
import torch
layer = torch.nn.Linear(3, 2)
optimiser = torch.optim.SGD(layer.parameters(), lr=0.1)
torch.nn.functional.mse_loss(layer(torch.ones(4, 3)), torch.zeros(4, 2)).backward()
optimiser.step()
"""


@dataclass(frozen=True)
class Case:
    """One command. `beside` names its yardstick, `ratio` and `seconds` are the most that it should need."""

    name: str
    command: list[str]
    beside: str = ""
    ratio: float | None = None
    seconds: float | None = None
    exercises: Path | None = None


def cases(six: Path, sandbox: bool) -> list[Case]:
    """Return all commands in the order of a round, each yardstick before what is measured with it."""
    python = [sys.executable, "-c"]
    script = Path(sys.executable).with_name("grade")
    grade = [str(script)] if script.exists() else [*python, "from grader.cli import main; main()"]
    empty, torch, cold = "python -c pass", 'python -c "import torch"', "cold process"
    listed = [
        Case(empty, [*python, "pass"]),
        Case("grade --help", [*grade, "--help"], empty, seconds=0.3),
        Case(torch, [*python, "import torch"]),
        Case("grade ex5.1.2", [*grade, "ex5.1.2"], torch, ratio=1.5),
        Case(cold, [*python, COLD]),
        Case("grade ex5, six exercises", [*grade, "ex5"], cold, ratio=1.3, exercises=six),
        Case("grade ex5, all", [*grade, "ex5"], cold, ratio=1.5),
    ]
    marking = [case for case in listed if case.name.startswith("grade ex5")]
    bare = [
        Case(f"{case.name}, --no-sandbox", [*case.command, "--no-sandbox"], case.beside, exercises=case.exercises)
        for case in marking
    ]
    return [case for case in listed if sandbox or case not in marking] + bare


def write_work(folder: Path, exercises: Iterable[Exercise], reference: Path) -> None:
    """Write the reference solutions as a student would hand them in."""
    folder.mkdir(parents=True)
    for exercise in exercises:
        shutil.copyfile(reference / exercise.name / "solution.py", folder / f"{exercise.name}.py")


def measure(listed: list[Case], runs: int, work: Path, meter: Meter) -> dict[str, list[Usage]]:
    """Run every command once without counting it, then all of them in turns."""
    found: dict[str, list[Usage]] = {case.name: [] for case in listed}
    for turn in range(runs + 1):
        print("warming up" if turn == 0 else f"round {turn} of {runs}", file=sys.stderr, flush=True)
        for case in listed:
            environment = {**os.environ, "GRADE_EXERCISES": str(case.exercises or ROOT / "exercises")}
            usage = meter.run(case.command, work, environment)
            if turn:
                found[case.name].append(usage)
    return found


def summary(case: Case, found: dict[str, list[Usage]]) -> dict[str, Any]:
    """Return the figures of one command and how they compare with its yardstick's."""
    figures: dict[str, Any] = {"name": case.name, "beside": case.beside}
    for key in ("wall", "cpu", "memory"):
        values = [getattr(usage, key) for usage in found[case.name]]
        figures[key] = {"median": statistics.median(values), "min": min(values), "max": max(values)}
        if case.beside:
            other = statistics.median(getattr(usage, key) for usage in found[case.beside])
            figures[f"{key}_ratio"] = figures[key]["median"] / other
    figures["statuses"] = sorted({usage.status for usage in found[case.name]})
    figures["target_ratio"], figures["target_seconds"] = case.ratio, case.seconds
    if case.ratio is not None:
        figures["met"] = figures["wall_ratio"] <= case.ratio
    if case.seconds is not None:
        figures["met"] = figures["wall"]["median"] < case.seconds
    return figures


def table(rows: list[dict[str, Any]]) -> str:
    """Return the figures as a table in Markdown, aligned for a terminal too."""
    head = ("command", "wall s (min-max)", "CPU s (min-max)", "MiB", "wall ×", "CPU ×", "beside", "target", "met")
    lines = [head]
    for row in rows:
        digits = 3 if row["wall"]["median"] < 1 else 2
        wall, cpu = (
            f"{row[key]['median']:.{digits}f} ({row[key]['min']:.{digits}f}-{row[key]['max']:.{digits}f})"
            for key in ("wall", "cpu")
        )
        ratios = [f"{row[key]:.2f}" if key in row else "" for key in ("wall_ratio", "cpu_ratio")]
        target = f"{row['target_ratio']} ×" if row["target_ratio"] else ""
        target = f"{row['target_seconds']} s" if row["target_seconds"] else target
        met = {True: "yes", False: "no"}.get(row.get("met"), "")
        name = row["name"] if row["statuses"] == [0] else f"{row['name']} (ENDED WITH {row['statuses']})"
        lines.append((name, wall, cpu, f"{row['memory']['median']:.0f}", *ratios, row["beside"], target, met))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )


def machine() -> dict[str, Any]:
    """Return on what, and beside what else, the figures were taken."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    models = [line.split(":", 1)[1].strip() for line in info.splitlines() if line.startswith("model name")]
    return {
        "cpu": models[0] if models else platform.processor(),
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def main() -> int:
    """Measure, print and write; return 0."""
    parser = argparse.ArgumentParser(description="What grade costs beside what nobody can avoid.")
    parser.add_argument("--runs", type=int, default=5, help="rounds that count (default 5)")
    parser.add_argument("--readme", action="store_true", help="put the table into README.md too")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench.json", help="where the figures go")
    arguments = parser.parse_args()
    assignment = load_assignment(ROOT / "exercises" / "ex5")
    without = why_unavailable()
    reason = None if without is None else without.en
    about = machine()
    with tempfile.TemporaryDirectory(prefix="grade-bench-") as name, Meter() as meter:
        work, six = Path(name, "work"), Path(name, "exercises")
        write_work(work / assignment.name, assignment.exercises, ROOT / "reference" / assignment.name)
        write_subset(six, assignment, SIX)
        listed = cases(six, reason is None)
        found = measure(listed, max(1, arguments.runs), work, meter)
        note = meter.note
    rows = [summary(case, found) for case in listed]
    about["load_after"] = round(os.getloadavg()[0], 2)
    told = (
        f"{about['cores']} cores of {about['cpu']}, Python {about['python']}; load {about['load_before']} before"
        f" and {about['load_after']} after; medians of {max(1, arguments.runs)} rounds, {time.strftime('%Y-%m-%d')}."
        " × is the quotient of medians."
    )
    print(f"{table(rows)}\n\n{told}\n{note}")
    if reason is not None:
        print(f"Not measured with a sandbox: {reason}.")
    if arguments.readme:
        write_readme("bench", f"{table(rows)}\n\n{told}\n{note}")
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    outcome = {"machine": about, "date": time.strftime("%Y-%m-%d"), "note": note, "cases": rows}
    arguments.out.write_text(json.dumps(outcome, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
