"""Makes the pictures of README.md and the site anew, from real runs shown by Chromium: `python tests/docs/pictures.py`.

docs/images/scorecard.png is a hand-in of the sample class (see tests/samples/picture.py), class.png the page of that
class, terminal.png what one of its students sees.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "samples")]
from bench.subset import write_subset  # noqa: E402
from hand_ins import CLASS, asked  # noqa: E402
from reports.browsing import started  # noqa: E402

from grader.catalogue import exercises_root, load_assignment  # noqa: E402

IMAGES = TESTS.parent / "docs" / "images"
COLUMNS = 80
TERMINAL = """\
<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #10151c; display: inline-block }}
pre {{ margin: 0; padding: 22px 26px; color: #e8ecf1; font: 15px/1.38 "DejaVu Sans Mono", monospace }}
</style><body><pre>{code}</pre></body>"""


def run(*words: str, cwd: Path, env: dict[str, str]) -> str:
    """Return what the command prints, in colours; raise if it cannot mark."""
    command = [sys.executable, "-c", "from grader.cli import main; main()", *words]
    environment = {**os.environ, "GRADE_LANG": "en", "GITHUB_ACTIONS": "", **env}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return done.stdout


def terminal() -> str:
    """Return a page that looks like the terminal of a student who marks an exercise."""
    colours = {"COLUMNS": str(COLUMNS), "FORCE_COLOR": "1", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with tempfile.TemporaryDirectory() as cache:
        words = "ex5.1.2"
        shown = run(words, cwd=CLASS / "marco", env={**colours, "XDG_CACHE_HOME": cache})
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"), color_system="truecolor")  # noqa: SIM115
    console.print(Text.from_ansi(f"$ grade {words}\n{shown}"))
    return console.export_html(theme=MONOKAI, inline_styles=True, code_format=TERMINAL)


def class_page(folder: Path) -> Path:
    """Mark the sample class and return its page."""
    name, ids = asked()
    write_subset(folder / "exercises", load_assignment(exercises_root() / name), ids)
    out = folder / "marked"
    run("batch", str(CLASS), "--out", str(out), cwd=folder, env={"GRADE_EXERCISES": str(folder / "exercises")})
    return out / "class.html"


def main() -> None:
    """Mark, show and photograph."""
    subprocess.run([sys.executable, str(TESTS / "samples" / "picture.py")], check=True)
    with tempfile.TemporaryDirectory() as folder, started() as browser:
        page = Path(folder, "terminal.html")
        page.write_text(terminal(), encoding="utf-8")
        light = {"color_scheme": "light", "reduced_motion": "reduce"}
        view = browser.new_page(**light)
        view.goto(page.as_uri())
        view.locator("body").screenshot(path=str(IMAGES / "terminal.png"))
        view = browser.new_page(viewport={"width": 1200, "height": 1130}, **light)
        view.goto(class_page(Path(folder)).as_uri())
        view.screenshot(path=str(IMAGES / "class.png"))


if __name__ == "__main__":
    main()
