"""Classes to measure with: right, wrong, unfinished and hostile hand-ins, made from the reference, always the same."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from grader.catalogue import Exercise

# What comes before a right answer in a hostile file, so that only the attack can cost its points.
HOSTILE = {
    "endless_loop": "while True:\n    pass\n",
    "long_sleep": "import time\ntime.sleep(10_000)\n",
    "leaves": "import os\nos._exit(0)\n",
    "exits": "raise SystemExit(0)\n",
    "crashes": "import ctypes\nctypes.string_at(0)\n",
    "kills_all": "import os, signal\nos.kill(-1, signal.SIGKILL)\nos.kill(0, signal.SIGKILL)\n",
    "memory": "hoard = []\nwhile True:\n    hoard.append(bytearray(2**26))\n",
    "forks": "import os\nfor _ in range(200):\n    try:\n        os.fork()\n    except OSError:\n        break\n",
    "lies": "import builtins, torch\nbuiltins.isinstance = lambda *a: True\ntorch.equal = lambda *a, **k: True\n",
    "floods": "import sys\nfor _ in range(2000):\n    sys.stdout.write('x' * 10_000)\n",
}


def write_class(
    folder: Path,
    count: int,
    exercises: Iterable[Exercise],
    reference: Path,
    stubs: Path,
    hostile: float = 0.02,
    repeats: bool = True,
) -> dict[str, str]:
    """Write a class's hand-ins, one folder a student.

    Args:
        folder: made here.
        count: of students.
        exercises: to answer.
        reference: folder with solutions, variants and mistakes.
        stubs: folder with stubs.
        hostile: share of the students with one hostile file among their answers.
        repeats: whether two students may have the same file, as in a real class; otherwise no two files are the same.

    Returns:
        The name of the attack of each hostile student.
    """
    chance = random.Random(count)
    attacks = {}
    answers = {e.name: _answers(reference / e.name, stubs / f"{e.name}.py") for e in exercises}
    every = max(1, round(1 / hostile)) if hostile else count + 1
    for number in range(count):
        student = f"student{number:04d}"
        inner = folder / student / "ex5"
        inner.mkdir(parents=True)
        bad = ""
        if number % every == every - 1:
            attacks[student] = list(HOSTILE)[number // every % len(HOSTILE)]
            bad = chance.choice(list(answers))
        for name, (right, wrong, stub) in answers.items():
            drawn = chance.random()
            text = chance.choice(right) if drawn < 0.6 else chance.choice(wrong) if drawn < 0.85 else stub
            if name == bad:
                text = HOSTILE[attacks[student]] + right[0].replace("from __future__ import annotations\n", "")
            if not repeats:
                text += f"\n# {student}\n"
            (inner / f"{name}.py").write_text(text, encoding="utf-8")
    return attacks


def _answers(folder: Path, stub: Path) -> tuple[list[str], list[str], str]:
    def texts(inner: str) -> list[str]:
        return [path.read_text(encoding="utf-8") for path in sorted((folder / inner).glob("*.py"))]

    solution = (folder / "solution.py").read_text(encoding="utf-8")
    return [solution, *texts("variants")], texts("mistakes"), stub.read_text(encoding="utf-8")
