"""Writes the template's files for GitHub Classroom from assignment.toml: `python tests/template/classroom.py`.

In the workflow, all that stands above the first exercise is kept: change it there by hand.
"""

from __future__ import annotations

import json
from pathlib import Path

from grader.catalogue import Assignment, load_assignment

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT = ROOT / "exercises" / "ex5"
WORKFLOW = ROOT / "student_template" / ".github" / "workflows" / "classroom.yml"
# The older form, which other tools read.
AUTOGRADING = ROOT / "student_template" / ".github" / "classroom" / "autograding.json"
# Only steps of exercises have a name in quotes.
FIRST_STEP = '      - name: "'
SETUP = (
    "python3 -m venv .venv && "
    ".venv/bin/pip install --index-url https://download.pytorch.org/whl/cpu torch && "
    ".venv/bin/pip install -r requirements.txt"
)
# Minutes for an exercise, and for the first one of the older form, which installs everything.
MINUTES, MINUTES_TO_INSTALL = 5, 15
STEP = """\
      - name: {title}
        id: {id}
        uses: classroom-resources/autograding-command-grader@v1
        with:
          test-name: {title}
          command: {command}
          timeout: {minutes}
          max-score: {points}

"""
REPORT = """\
      - name: Autograding Reporter
        uses: classroom-resources/autograding-grading-reporter@v1
        env:
{results}
        with:
          runners: {runners}
"""


def workflow(assignment: Assignment, now: str) -> str:
    """Return the workflow: one step for each exercise, then the one that sums up.

    Args:
        assignment: whose exercises are its tests.
        now: the workflow as it is, with at least one exercise.
    """
    head, found, _ = now.partition(FIRST_STEP)
    assert found, f"{WORKFLOW.name} has no exercise: nothing says where they begin"
    steps = [
        STEP.format(
            title=_in_quotes(f"{exercise.id} {exercise.title.en}"),
            id=_step(exercise.id),
            command=_command(exercise.id),
            minutes=MINUTES,
            points=_points(exercise.points),
        )
        for exercise in assignment.exercises
    ]
    ids = [_step(exercise.id) for exercise in assignment.exercises]
    results = "\n".join(f"          {name.upper()}_RESULTS: ${{{{ steps.{name}.outputs.result }}}}" for name in ids)
    return "".join([head, *steps, REPORT.format(results=results, runners=",".join(ids))])


def autograding(assignment: Assignment) -> str:
    """Return the same tests in the older form."""
    tests = [
        {
            "name": f"{exercise.id} {exercise.title.en}",
            "setup": "" if number else SETUP,
            "run": _command(exercise.id),
            "input": "",
            "output": "",
            "comparison": "included",
            "timeout": MINUTES if number else MINUTES_TO_INSTALL,
            "points": _points(exercise.points),
        }
        for number, exercise in enumerate(assignment.exercises)
    ]
    return json.dumps({"tests": tests}, indent=2, ensure_ascii=False) + "\n"


def _step(number: str) -> str:
    return "ex" + number.replace(".", "_")


def _command(number: str) -> str:
    return f".venv/bin/grade ex{number}"


def _in_quotes(text: str) -> str:
    """Return a text as YAML has it between double quotes, which is as JSON has it."""
    return json.dumps(text, ensure_ascii=False)


def _points(points: float) -> int:
    assert points == int(points), f"an exercise has {points:g} points, but GitHub Classroom knows whole ones only"
    return int(points)


if __name__ == "__main__":
    course = load_assignment(ASSIGNMENT)
    # Both are made before one is written, so that they agree whatever happens.
    texts = {WORKFLOW: workflow(course, WORKFLOW.read_text(encoding="utf-8")), AUTOGRADING: autograding(course)}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
