"""Makes docs/images/scorecard.png anew: a hand-in of `class/`, marked by the `grade` command and shown by Chromium.

python tests/samples/picture.py [NAME]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from hand_ins import CLASS, asked

from grader.catalogue import exercises_root, load_assignment

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))
from bench.subset import write_subset

TARGET = TESTS.parent / "docs" / "images" / "scorecard.png"
SIZE = {"width": 1200, "height": 1130}
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def main() -> int:
    """Mark, show and photograph; return the exit status."""
    from playwright.sync_api import sync_playwright

    work = CLASS / (sys.argv[1] if len(sys.argv) > 1 else "wang_lei")
    name, ids = asked()
    with tempfile.TemporaryDirectory() as folder:
        exercises, page = Path(folder, "exercises"), Path(folder, "scorecard.html")
        write_subset(exercises, load_assignment(exercises_root() / name), ids)
        command = [sys.executable, "-c", "from grader.cli import main; main()", name, "--html", str(page)]
        environment = {**os.environ, "GRADE_EXERCISES": str(exercises)}
        done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            print(done.stderr, file=sys.stderr)
            return done.returncode
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            view = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
            view.goto(page.as_uri())
            view.screenshot(path=str(TARGET))
            browser.close()
    print(f"{TARGET}: {TARGET.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
