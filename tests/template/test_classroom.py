"""What is written for GitHub Classroom is up to date, and follows assignment.toml."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import yaml

from grader.catalogue import Assignment, load_assignment
from grader.results import Text
from template import classroom

DUE = "run python tests/template/classroom.py"


@pytest.fixture
def longer() -> Assignment:
    """The exercises of chapter 5, and one more whose title needs care."""
    assignment = load_assignment(classroom.ASSIGNMENT)
    more = replace(assignment.exercises[0], id="5.9.1", points=8.0, title=Text('Say "no": # é', "说不"))
    return replace(assignment, exercises=(*assignment.exercises, more))


def test_the_files_are_up_to_date():
    """The workflow and the older form are what the script writes from assignment.toml."""
    assignment = load_assignment(classroom.ASSIGNMENT)
    now = classroom.WORKFLOW.read_text(encoding="utf-8")
    assert now == classroom.workflow(assignment, now), DUE
    assert classroom.AUTOGRADING.read_text(encoding="utf-8") == classroom.autograding(assignment), DUE


def test_an_exercise_more(longer):
    """Another exercise is a step, a result and a runner of the workflow, and what stands above the steps stays."""
    now = classroom.WORKFLOW.read_text(encoding="utf-8")
    text = classroom.workflow(longer, now)
    *_, step, report = yaml.safe_load(text)["jobs"]["run-autograding-tests"]["steps"]
    assert step["name"] == step["with"]["test-name"] == '5.9.1 Say "no": # é'
    assert (step["with"]["command"], step["with"]["max-score"]) == (".venv/bin/grade ex5.9.1", 8)
    assert report["env"]["EX5_9_1_RESULTS"] == "${{ steps.ex5_9_1.outputs.result }}"
    assert report["with"]["runners"].split(",")[-1] == step["id"] == "ex5_9_1"
    assert text.startswith(now.split('      - name: "5.1.1')[0])
    assert classroom.workflow(longer, text) == text


def test_an_exercise_more_in_the_older_form(longer):
    """There it is the last test, and only the first one installs."""
    first, *_, last = json.loads(classroom.autograding(longer))["tests"]
    assert (last["name"], last["run"], last["points"]) == ('5.9.1 Say "no": # é', ".venv/bin/grade ex5.9.1", 8)
    assert first["setup"] and not last["setup"]


def test_points_are_whole_numbers(longer):
    """Half a point, which GitHub Classroom does not know, is refused rather than rounded."""
    halved = replace(longer, exercises=(*longer.exercises[:-1], replace(longer.exercises[-1], points=2.5)))
    for write in (classroom.autograding, lambda course: classroom.workflow(course, classroom.FIRST_STEP)):
        with pytest.raises(AssertionError, match="2.5 points"):
            write(halved)
