"""Marks the hand-ins of `class/` one by one and leaves their scorecards, with an index page, in demo/."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from hand_ins import CLASS, HandIn, load_class, load_exercises

from grader.commands.outputs import statement_links
from grader.commands.sandboxes import open_sandbox
from grader.reports import outline
from grader.results import ExerciseResult, Result, Status, Text, to_json

DEMO = Path(__file__).resolve().parents[2] / "demo"
WORDS = {Status.GRADER_ERROR: "our fault", Status.NOT_ATTEMPTED: "-", Status.NOT_RUN: "not run"}


def word(exercise: ExerciseResult) -> str:
    """Return how an exercise ended, in nine letters at most."""
    return WORDS.get(exercise.status, str(exercise.status))


def line(result: Result) -> str:
    """Return one line about a student."""
    score = f"{outline.points(result.score, result.max_score)} / {outline.points(result.max_score)}"
    return f"{result.submission:<10}{score:>12}   " + "".join(f"{word(e):<9}" for e in result.exercises).rstrip()


def main() -> int:
    """Mark the class; return the exit status."""
    started = time.monotonic()
    out = sys.stdout  # while a submission is marked, what others print is caught
    assignment, exercises = load_exercises()
    hand_ins = load_class()
    box, notes = open_sandbox(True, [CLASS], True, exercises[0].limits)
    DEMO.mkdir(exist_ok=True)
    for old in (*DEMO.glob("*.html"), *DEMO.glob("*.json")):
        old.unlink()
    for note in notes:
        print(note.en)
    print(f"Marking {len(hand_ins)} hand-ins: {assignment.title.en}", flush=True)

    from grader.judge.marking import mark
    from grader.reports.scorecard import index_row, render_index, render_scorecard

    rows = []
    broken = []

    def on_result(result: Result) -> None:
        hand_in: HandIn = hand_ins[len(rows)]
        page = DEMO / f"{hand_in.name}.html"
        page.write_text(
            render_scorecard(result, "en", statement_links(exercises, "en", page)),
            encoding="utf-8",
            errors="replace",
        )
        page.with_suffix(".json").write_text(to_json(result), encoding="utf-8", errors="replace")
        rows.append(index_row(result, page.name, Text(" ".join(hand_in.why.split()))))
        broken.extend([result.submission] if result.has_grader_error else [])
        print(line(result), file=out, flush=True)

    print(f"\n{'':<10}{'':>12}   " + "".join(f"{e.id:<9}" for e in exercises).rstrip(), flush=True)
    submissions = [hand_in.submission(assignment, exercises) for hand_in in hand_ins]
    try:
        mark(assignment, exercises, box, submissions, on_result, notes=notes)
    finally:
        box.close()
    index = DEMO / "index.html"
    index.write_text(render_index(rows, assignment.title), encoding="utf-8", errors="replace")
    print(f"\n{len(rows)} hand-ins in {time.monotonic() - started:.0f} s. Open {index}")
    if broken:
        print(f"The grader failed on: {', '.join(broken)}", file=sys.stderr)
    return 3 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
