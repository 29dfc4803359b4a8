"""An exercises folder with some of an assignment's exercises: the command line takes one target at a time."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from grader.catalogue import Assignment


def write_subset(folder: Path, assignment: Assignment, ids: Collection[str]) -> None:
    """Write an exercises folder, for GRADE_EXERCISES, with the exercises of an assignment whose ids are given."""
    (folder / assignment.name).mkdir(parents=True)
    left_out = [exercise.name for exercise in assignment.exercises if exercise.id not in ids]
    for path in assignment.folder.iterdir():
        if path.name not in (*left_out, "assignment.toml", "__pycache__"):
            (folder / assignment.name / path.name).symlink_to(path)
    table = (assignment.folder / "assignment.toml").read_text(encoding="utf-8")
    head, *entries = table.split("[[exercises]]")
    kept = [entry for entry in entries if not any(f'"{name}"' in entry for name in left_out)]
    (folder / assignment.name / "assignment.toml").write_text("[[exercises]]".join([head, *kept]), encoding="utf-8")
