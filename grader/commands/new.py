"""`grade new`: a copy of the exercises to fill in."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path, PurePosixPath

import click

from grader.catalogue import exercises_root
from grader.results import address
from grader.template.copies import Copy, write_copy
from grader.template.files import Template, plain_template
from grader.translation import say

_WROTE = say("Files written to {folder}: {n}.")
_HERE = say("this folder")
_COMPLETED = say("Written, because missing: {names}. Left as they were: {kept}.")
_COMPLETE = say("Nothing is missing from {folder}, and nothing was written.")
_NEXT = say("Next: {go}open {file}, then run: grade {target}")
_GO = say("{command}, ")
_READ = say("{file} says how to install, work and hand in.")
_READMES = {"en": ("README.md",), "zh": ("README.zh.md", "README.md")}
_MOST_NAMED = 5


def run_new(folder: Path, notebook: bool, lang: str) -> int:
    """Write a copy, say what comes next, and return the exit status.

    Raises:
        UserError: if the folder holds something else or cannot be written.
        BrokenError: if the template is incomplete.
    """
    template = _template(notebook, lang)
    for line in told(template, write_copy(template, folder), lang):
        click.echo(line)
    return 0


def _template(notebook: bool, language: str) -> Template:
    if not notebook:
        return plain_template(exercises_root())
    from grader.template.notebooks import notebook_template

    return notebook_template(exercises_root(), language)


def told(template: Template, copy: Copy, language: str) -> list[str]:
    """Return what to say about a copy: what was written, the next step, and where to read on."""
    assignment = template.assignments[0]
    first = address(assignment.name, assignment.exercises[0].id)
    step = _NEXT.get(language).format(go=_go(copy.folder, language), file=template.work[0], target=first)
    names = [name for name in _READMES[language] if PurePosixPath(name) in (*copy.written, *copy.kept)]
    return [_outcome(copy, language), step, *(_READ.get(language).format(file=name) for name in names[:1])]


def _outcome(copy: Copy, language: str) -> str:
    folder = _HERE.get(language) if copy.folder == Path(".") else str(copy.folder)
    if not copy.written:
        return _COMPLETE.get(language).format(folder=folder)
    if not copy.kept:
        return _WROTE.get(language).format(n=len(copy.written), folder=folder)
    names = ", ".join(str(path) for path in copy.written[:_MOST_NAMED])
    more = "" if len(copy.written) <= _MOST_NAMED else ", …"
    return _COMPLETED.get(language).format(names=names + more, kept=len(copy.kept))


def _go(folder: Path, language: str) -> str:
    """Return how to get to the folder as the first part of a step, or nothing if one is there."""
    if folder == Path("."):
        return ""
    name = str(folder)
    if re.search(r"[^\w./\\:~-]", name):
        name = f'"{name}"' if os.name == "nt" else shlex.quote(name)
    return _GO.get(language).format(command=f"cd {name}")
