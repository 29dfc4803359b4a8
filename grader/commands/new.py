"""`grade new`: a copy of the exercises to fill in."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path, PurePosixPath

import click

from grader.catalogue import exercises_root
from grader.results import Text
from grader.template.copies import Copy, write_copy
from grader.template.files import Template, plain_template

_WROTE = Text("Files written to {folder}: {n}.", "已在 {folder} 中写入 {n} 个文件。")
_HERE = Text("this folder", "当前文件夹")
_COMPLETED = Text(
    "Written, because missing: {names}. Left as they were: {kept}.",
    "已补上缺少的文件：{names}。其余 {kept} 个文件保持原样。",
)
_COMPLETE = Text(
    "Nothing is missing from {folder}, and nothing was written.", "{folder} 中没有缺少的文件，什么也没有写入。"
)
_NEXT = Text("Next: {go}open {file}, then run: grade {target}", "下一步：{go}打开 {file}，然后运行：grade {target}")
_GO = Text("{command}, ", "{command}，")
_READ = Text("{file} says how to install, work and hand in.", "安装、做题和提交的说明见 {file}。")
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
    first = template.assignments[0].exercises[0]
    step = _NEXT.get(language).format(go=_go(copy.folder, language), file=template.work[0], target=f"ex{first.id}")
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
