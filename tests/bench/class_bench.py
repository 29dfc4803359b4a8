"""What marking a class costs: `python tests/bench/class_bench.py`, a part of `make bench`.

In one run on one machine, per hand-in, CPU and wall-clock seconds of

- *ordinary*: a loop of plain ``python -m pytest``, one process a hand-in, the same specs with their probes run in that
  same process (see `ordinary`), which is what a grader without isolation does;
- *one by one*: a loop of ``grade ex5``;
- *floor*: the probes' own work in one warm process (see `floor`), below which nothing can go;
- ``grade batch`` of made-up classes of several sizes, with one worker and two: with hand-ins that share files as those
  of a class do (*class*), and with files of which no two are the same (*all different*), so that nothing can be reused.

The first three are measured on a few hand-ins of the *all different* class, before and after the batches, and the
means are taken: what else the machine does then hits all alike. Batches of a class have 2 % hostile hand-ins, endless
loops among them. Prints a table and where the time of one hand-in goes; the figures go to build/class_bench.json, with
--readme into README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from made_class import write_class
from readme import write_readme
from usage import Meter, Usage

from grader.catalogue import Assignment, load_assignment

ROOT = Path(__file__).resolve().parents[2]
BENCH = Path(__file__).resolve().parent
FEW = 4


class Bench:
    """Measures in a scratch folder."""

    def __init__(self, folder: Path, meter: Meter) -> None:
        self.folder = folder
        self.meter = meter
        self.assignment: Assignment = load_assignment(ROOT / "exercises" / "ex5")
        script = Path(sys.executable).with_name("grade")
        self.grade = [str(script)] if script.exists() else [sys.executable, "-c", "from grader.cli import main; main()"]

    def make(self, name: str, count: int, repeats: bool) -> Path:
        """Return a class's folder, made if it is not there."""
        path = self.folder / name
        if not path.exists():
            stubs = ROOT / "student_template" / "ex5"
            hostile = 0.02 if repeats else 0.0
            write_class(path, count, self.assignment.exercises, ROOT / "reference" / "ex5", stubs, hostile, repeats)
        return path

    def ordinary(self, student: Path) -> Usage:
        """Mark one hand-in with plain pytest."""
        specs = [str(exercise.spec) for exercise in self.assignment.exercises]
        options = ["-p", "ordinary", "-p", "no:cacheprovider", "-q", "--import-mode=importlib"]
        paths = os.pathsep.join(map(str, (BENCH, ROOT, self.assignment.folder)))
        places = {"GRADE_SUBMISSION": str(student / "ex5"), "PYTHONPATH": paths}
        return self.meter.run([sys.executable, "-m", "pytest", *options, *specs], student, {**os.environ, **places})

    def one(self, student: Path) -> Usage:
        """Mark one hand-in with `grade ex5`."""
        return self.meter.run([*self.grade, "ex5"], student, os.environ)

    def floor(self, students: list[Path]) -> float:
        """Return the mean CPU seconds of the probes' own work."""
        command = [sys.executable, str(BENCH / "floor.py"), *map(str, students)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
        return statistics.mean(json.loads(done.stdout.splitlines()[-1]).values())

    def where(self, student: Path) -> dict[str, int]:
        """Return where the CPU time of one hand-in goes, in milliseconds (see `where`)."""
        command = [sys.executable, str(BENCH / "where.py"), str(student)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
        found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
        return found

    def batch(self, path: Path, jobs: int) -> Usage:
        """Mark a class."""
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        return self.meter.run(
            [*self.grade, "batch", str(path), "--out", str(out), "--jobs", str(jobs)], self.folder, os.environ
        )


def measure(bench: Bench, plan: list[tuple[int, int, bool]]) -> dict[str, Any]:
    """Return all figures.

    Args:
        bench: to measure with.
        plan: batches: how many hand-ins, how many workers, whether files repeat.
    """
    few = sorted(bench.make("all different 20", 20, repeats=False).iterdir())[:FEW]
    ordinary: list[Usage] = []
    one: list[Usage] = []
    floor: list[float] = []

    def yardsticks() -> None:
        for student in few:
            ordinary.append(bench.ordinary(student))
            one.append(bench.one(student))
        floor.append(bench.floor(few))

    yardsticks()
    batches = []
    for count, jobs, repeats in plan:
        name = f"{'class' if repeats else 'all different'} {count}"
        print(f"{name}, {jobs} at a time", file=sys.stderr, flush=True)
        usage = bench.batch(bench.make(name, count, repeats), jobs)
        batches.append({"class": name, "count": count, "jobs": jobs, "repeats": repeats, **vars(usage)})
    yardsticks()
    return {
        "ordinary": {
            "cpu": statistics.mean(u.cpu for u in ordinary),
            "wall": statistics.mean(u.wall for u in ordinary),
        },
        "one": {"cpu": statistics.mean(u.cpu for u in one), "wall": statistics.mean(u.wall for u in one)},
        "floor": {"cpu": statistics.mean(floor)},
        "where": bench.where(few[0]),
        "batches": batches,
    }


def table(found: dict[str, Any]) -> str:
    """Return the figures as a table in Markdown."""
    base, floor = found["ordinary"]["cpu"], found["floor"]["cpu"]
    head = (
        "a hand-in of nineteen exercises",
        "at a time",
        "CPU s",
        "wall s",
        "CPU: ordinary is",
        "CPU over floor",
        "MiB",
    )
    rows: list[tuple[str, ...]] = [head]

    def add(name: str, jobs: str, cpu: float, wall: float | None, memory: str = "") -> None:
        shown = "" if wall is None else f"{wall:.3f}"
        rows.append((name, jobs, f"{cpu:.3f}", shown, f"{base / cpu:.1f} ×", f"{cpu / floor:.1f} ×", memory))

    add("ordinary: python -m pytest", "1", base, found["ordinary"]["wall"])
    add("one by one: grade ex5", "1", found["one"]["cpu"], found["one"]["wall"])
    add("floor: the probes' own work", "", floor, None)
    for batch in found["batches"]:
        cpu, wall = batch["cpu"] / batch["count"], batch["wall"] / batch["count"]
        add(f"grade batch, {batch['class']}", str(batch["jobs"]), cpu, wall, f"{batch['memory']:.0f}")
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    )


def main() -> int:
    """Measure, print and write; return 0."""
    parser = argparse.ArgumentParser(description="What marking a class costs.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 200, 1000], help="of the classes")
    parser.add_argument("--different", type=int, nargs="*", default=[20], help="sizes of classes without repeats")
    parser.add_argument("--readme", action="store_true", help="put the table into README.md too")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "class_bench.json", help="where the figures go")
    arguments = parser.parse_args()
    plan = [(count, jobs, False) for count in arguments.different for jobs in (1, 2)]
    # The largest with two workers only: with one it takes as much CPU time and twice as long.
    plan += [(n, jobs, True) for n in arguments.sizes for jobs in ((1, 2) if n < max(arguments.sizes) else (2,))]
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="grade-bench-") as name, Meter() as meter:
        found = measure(Bench(Path(name), meter), plan)
        note = meter.note
    where = ", ".join(f"{part} {spent} ms" for part, spent in found["where"].items())
    told = (
        f"Where the CPU time of one hand-in goes that shares no file: {where}.\n"
        f"{len(os.sched_getaffinity(0))} cores, load {load:.2f} before; {time.strftime('%Y-%m-%d')}. Start-up is in the"
        f" figures: importing torch once for each worker and sandbox. {note}"
    )
    print(f"{table(found)}\n\n{told}")
    if arguments.readme:
        write_readme("class", f"{table(found)}\n\n{told}")
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(found | {"note": told}, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
