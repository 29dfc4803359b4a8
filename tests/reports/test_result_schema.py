"""`result.schema.json` says what is in `result.json`: it leaves nothing out, and names nothing that is not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fake_worker import light_workers
from jsonschema import Draft202012Validator
from notebook_files import write_notebook
from support import HOSTILE, ROOT, SAMPLES, need_bubblewrap

from grader.cli import main
from grader.results import (
    LANGUAGES,
    SCHEMA,
    CheckResult,
    Diagnosis,
    ExerciseResult,
    Location,
    Result,
    SourceLine,
    Status,
    Text,
    to_dict,
)

PATH = ROOT / "grader" / "reports" / "result.schema.json"
FILE = "tiny_1_double.py"
RIGHT = 'def double(x):\n    return 2 * x\n\n\ndef greet(name):\n    return f"hello {name}"\n'
WORDS = Text("words", "文字")


def closed(schema: Any) -> Any:
    """Return the schema so that it allows no member that it does not name, which a reader of results need not mind."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(value) for key, value in schema.items()}
    return {"additionalProperties": False, **found} if "properties" in found else found


def told() -> dict[str, Any]:
    """Return the schema as it is in the package."""
    schema: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return schema


def complaints(result: Any) -> list[str]:
    """Return what is wrong with a result by the schema."""
    errors = Draft202012Validator(closed(told())).iter_errors(result)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]


def full_result() -> Result:
    """Return a result in which every list has an item and every part that may be missing is there."""
    place = Location("ex5/a.py", 3, "forward", (SourceLine(3, "return X", marked=True),))
    checks = [
        CheckResult("test_a", WORDS, status, 0.5, 1, WORDS, WORDS, WORDS, WORDS, location, (place,), hidden=True)
        for status in Status
        for location in (place, None)
    ]
    mistake = Diagnosis("swapped", WORDS, WORDS, WORDS, "5.1")
    exercise = ExerciseResult(
        "5.1.2",
        "a",
        WORDS,
        0.5,
        1,
        Status.FAILED,
        tuple(checks),
        (mistake,),
        "ex5/a.py",
        "5.1",
        "out",
        (WORDS,),
        signs=(WORDS,),
    )
    versions = (("torch", "2.6"),)
    return Result("ex5", WORDS, "anna", 0, 0.5, 1, True, "none", (exercise,), versions, (WORDS,), "2026-01-01T00:00:00")


def test_the_schema_is_one() -> None:
    """It is a valid schema, for the results that this version writes"""
    Draft202012Validator.check_schema(told())
    assert told()["$id"] == told()["properties"]["schema"]["const"] == SCHEMA
    assert told()["$defs"]["status"]["enum"] == [status.value for status in Status]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_a_result_can_hold_is_in_the_schema(language: str) -> None:
    """A result with everything in it is valid, member by member"""
    assert complaints(json.loads(json.dumps(to_dict(full_result(), language)))) == []


@pytest.mark.parametrize("member", ["schema", "complete", "exercises", "score"])
def test_a_result_without_a_member_is_none(member: str) -> None:
    """What a reader counts on cannot be missing"""
    result = to_dict(full_result())
    del result[member]
    assert complaints(result) == [f"$: '{member}' is a required property"]


def test_a_member_that_the_schema_does_not_name_is_noticed() -> None:
    """A new member of a check has to go into the schema"""
    result = to_dict(full_result())
    result["exercises"][0]["checks"][0]["grade"] = 1
    assert len(complaints(result)) == 1


def test_results_of_a_class_are_valid(tmp_path: Path) -> None:
    """Results of right, wrong, broken, hostile and notebook hand-ins are valid, as `grade batch` writes them"""
    need_bubblewrap()
    folder = tmp_path / "class"
    codes = {
        "ann": RIGHT,
        "bob": RIGHT.replace("2 * x", "x"),
        "cyd": "def double(x):\n    return x.nothing\n",
        "dan": "def double(x):\n    raise NotImplementedError\n",
        "eve": (HOSTILE / "leave_os_exit" / "tiny" / FILE).read_text(encoding="utf-8"),
        "fay": (HOSTILE / "forge_verdict" / "tiny" / FILE).read_text(encoding="utf-8"),
    }
    for student, code in codes.items():
        (folder / student).mkdir(parents=True)
        (folder / student / FILE).write_text(code, encoding="utf-8")
    write_notebook(folder / "gus" / "tiny.ipynb", ["1 / 0", RIGHT, "print('done')"])
    env = {"GRADE_EXERCISES": str(SAMPLES / "assignments"), "GRADE_LANG": "en"}
    out = tmp_path / "marked"
    words = ["batch", str(folder), "--out", str(out), "--assignment", "tiny", "--jobs", "1"]
    with light_workers():
        done = CliRunner(env=env).invoke(main, words)
    assert done.exit_code == 0, done.stderr
    results = {path.parent.name: json.loads(path.read_text("utf-8")) for path in out.glob("students/*/result.json")}
    assert sorted(results) == [*sorted(codes), "gus"]
    assert {name: complaints(result) for name, result in results.items()} == dict.fromkeys(results, [])
    # Otherwise the samples would show less than they are meant to.
    ends = {name: result["exercises"][0]["status"] for name, result in results.items()}
    assert ends["ann"] == ends["gus"] == "passed"
    assert {ends["bob"], ends["cyd"], ends["eve"]} == {"failed", "error", "crashed"}
