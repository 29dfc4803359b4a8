"""Writes docs/screens.md, what a student sees, from real runs: `python tests/docs/screens.py`.

Every screen is what the command prints on a terminal of 80 columns, in a folder that `grade new` made. Times are
written as ``T s``, and the folder as ``hw``; nothing else is changed.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))
from in_process import grade_here  # noqa: E402

from grader.sandbox.bubblewrap import Bubblewrap  # noqa: E402

TARGET = TESTS.parent / "docs" / "screens.md"
CLASS = TESTS / "samples" / "class"
HEAD = """\
# Screens

What a student sees, as it is printed on a terminal of 80 columns. Written by `tests/docs/screens.py` from real runs; a
test keeps it true. Times are shown as `T s`. Who prefers a page: `--html scorecard.html`, in the picture below.

![The scorecard as a page](images/scorecard.png)
"""


@dataclass(frozen=True)
class Screen:
    """One screen.

    Args:
        title: of the screen.
        text: what is to be seen.
        command: what is typed, without ``grade``.
        work: a hand-in of the sample class whose file of the exercise lies there at that time, or none.
        exercise: whose file that is.
    """

    title: str
    text: str
    command: str
    work: str = ""
    exercise: str = ""


PARALLEL = "ex5_1_2_parallel"
ENGLISH = [
    Screen("The exercises", "A copy of the template, and what comes next.", "new hw"),
    Screen("An untouched exercise", "No points, and no reproach: nothing is written yet.", "ex5.1.2"),
    Screen(
        "A mistake that is known",
        "The two nets are kept in a plain list. The checks that fail are those of a known mistake, so the scorecard "
        "says what probably happened, why it matters and what to try.",
        "ex5.1.2",
        "marco",
        PARALLEL,
    ),
    Screen("A hint", "Another one each time; none is the solution.", "hint ex5.1.2"),
    Screen(
        "An exception", "The line is the student's own, without a frame of the grader's.", "ex5.1.2", "diego", PARALLEL
    ),
    Screen("All is well", "Nothing more to do here.", "ex5.1.2", "anna", PARALLEL),
]
CHINESE = [
    Screen("练习", "模板的一份副本，以及接下来怎么做。", "new hw --lang zh"),
    Screen(
        "已知的错误",
        "两个网络放在了普通的列表里。未通过的检查与一个已知错误吻合，所以成绩单会说明可能发生了什么、"
        "为什么重要、可以尝试什么。",
        "ex5.1.2 --lang zh",
        "marco",
        PARALLEL,
    ),
    Screen("一条提示", "每次换一条；提示里没有答案。", "hint ex5.1.2 --lang zh"),
    Screen("整章", "六道题已经写完，全部通过；其余的还没有动笔。", "ex5 --lang zh", "anna"),
]

PARTS = {"English": ENGLISH, "Chinese": CHINESE}


def captured(screens: list[Screen]) -> Iterator[str]:
    """Yield what the commands of some screens print, one after the other in one folder."""
    with tempfile.TemporaryDirectory() as folder, closing(Bubblewrap()) as box:
        home = Path(folder).resolve()
        work = home / "hw"
        for screen in screens:
            if screen.work:
                pattern = f"{screen.exercise or '*'}.py"
                for source in (CLASS / screen.work / "ex5").glob(pattern):
                    shutil.copy(source, work / "ex5")
            yield _printed(screen.command, work if work.is_dir() else home, home, box)


def _printed(command: str, here: Path, home: Path, box: Bubblewrap) -> str:
    """Return what a command prints, marking in the sandbox given, without what differs from run to run."""
    env = {"COLUMNS": "80", "NO_COLOR": "1", "FORCE_COLOR": "", "TTY_COMPATIBLE": ""}
    # What is remembered of the folder begins anew, and is nobody's.
    env["XDG_CACHE_HOME"] = str(home / "cache")
    # A GPU would run a few checks more.
    with patch("torch.cuda.is_available", return_value=False):
        done = grade_here(*command.split(), env=env, cwd=here, box=box)
    assert done.returncode in (0, 1), done.stderr
    text = (done.stdout + done.stderr).replace(f"{home}/", "")
    return re.sub(r"\b\d+(\.\d+)? ?s\b", "T s", text)


def part(name: str) -> str:
    """Return the part of the page in one language."""
    screens = PARTS[name]
    texts = [f"## In {name}\n"]
    for screen, text in zip(screens, captured(screens), strict=True):
        texts.append(f"### {screen.title}\n\n{screen.text}\n\n```text\n$ grade {screen.command}\n{text}```\n")
    return "\n".join(texts)


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join([HEAD, *map(part, PARTS)])


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
